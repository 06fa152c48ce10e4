import * as z from 'zod'

/** Where the library sends its requests for tokens; it knows no other place. */
const tokenAddress = 'https://oauth2.googleapis.com/token'

const timeoutMs = 30_000

/** How the last request for a token went: what tells a refusal from an outage. */
export type GoogleLoginAnswer =
  | {
      readonly status: number
      readonly retryAfter: string | null
      /** 'unauthorized_client' */
      readonly error: string
      readonly description: string
    }
  | { readonly failure: string }

/** The way to Google's token endpoint, for the credentials of google-auth-library. */
export interface GoogleLogin {
  /** Options of the library's transport: the requests go this way, once each. */
  readonly options: {
    readonly fetchImplementation: typeof fetch
    readonly retryConfig: { readonly retry: 0 }
  }
  readonly lastAnswer: () => GoogleLoginAnswer | undefined
  readonly forgetAnswer: () => void
}

const errorSchema = z.looseObject({
  error: z.string().catch(''),
  error_description: z.string().catch(''),
})

function errorIn(body: string): { readonly error: string; readonly description: string } {
  try {
    const { error, error_description: description } = errorSchema.parse(JSON.parse(body))
    return { error, description }
  } catch {
    return { error: '', description: '' }
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}

/**
 * Lets exactly the request for a token pass, to `/token` of the root that is given, or to Google's own. Nothing else
 * that the library may think of, and no redirect, gets the credentials.
 */
export function googleLogin(root: URL | undefined, signal: AbortSignal): GoogleLogin {
  const target = root === undefined ? new URL(tokenAddress) : new URL('/token', root)
  let answer: GoogleLoginAnswer | undefined

  async function send(body: string): Promise<Response> {
    const response = await fetch(target, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    const text = await response.text()
    const { status, headers } = response
    answer = { status, retryAfter: headers.get('retry-after'), ...errorIn(text) }
    return new Response(text, { status, headers: { 'content-type': 'application/json' } })
  }

  return {
    options: {
      async fetchImplementation(input, init) {
        const url = input instanceof Request ? input.url : String(input)
        if (url !== tokenAddress || init?.method !== 'POST')
          throw new Error('refused to send credentials elsewhere')
        try {
          return await send(String(init.body ?? ''))
        } catch (error) {
          answer = { failure: failureOf(error) }
          throw error
        }
      },
      retryConfig: { retry: 0 },
    },
    lastAnswer: () => answer,
    forgetAnswer: () => {
      answer = undefined
    },
  }
}
