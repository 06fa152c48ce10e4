import type { ClientSecretCredentialOptions } from '@azure/identity'
import * as z from 'zod'
import { type CloudId, defaultUrl, isOwnHost } from '../config/clouds.ts'

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>
type PipelineRequest = Parameters<HttpClient['sendRequest']>[0]
type PipelineResponse = Awaited<ReturnType<HttpClient['sendRequest']>>
type HttpHeaders = PipelineResponse['headers']

/** How the last request to the login service went: what tells a refusal from an outage. */
export type LoginAnswer =
  | { readonly status: number; readonly retryAfter: string | null; readonly description: string | undefined }
  | { readonly failure: string }

/** The way to the login service, for the credentials of @azure/identity. */
export interface LoginClient {
  /** Options that every credential gets. */
  readonly options: {
    readonly authorityHost: string
    readonly disableInstanceDiscovery: true
    readonly retryOptions: { readonly maxRetries: 0 }
    readonly httpClient: HttpClient
  }
  /** The client of a managed identity, whose tokens come from the machine's own service. */
  readonly machineClient: HttpClient
  readonly lastAnswer: () => LoginAnswer | undefined
  readonly forgetAnswer: () => void
}

const timeoutMs = 30_000
const errorSchema = z.looseObject({ error_description: z.string() })

/**
 * The credentials are always told the name of the cloud's own login service, since they accept https only; the
 * request is sent to `loginUrl`, which may be http on loopback, and nowhere else. Retries of the library are off.
 */
export function loginClient(loginUrl: URL, cloud: CloudId, signal: AbortSignal): LoginClient {
  const authority = defaultUrl('login', cloud)
  let answer: LoginAnswer | undefined
  const send = async (request: PipelineRequest, target: () => URL): Promise<PipelineResponse> => {
    try {
      const response = await fetch(target(), {
        method: request.method,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : null,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      const bodyAsText = await response.text()
      answer = {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        description: descriptionOf(bodyAsText),
      }
      return { request, status: response.status, headers: headersOf(response.headers), bodyAsText }
    } catch (error) {
      answer = { failure: failureOf(error) }
      throw error
    }
  }
  return {
    options: {
      authorityHost: authority.origin,
      disableInstanceDiscovery: true,
      retryOptions: { maxRetries: 0 },
      httpClient: {
        sendRequest: (request) => send(request, () => route(request.url, authority, loginUrl, cloud)),
      },
    },
    machineClient: { sendRequest: (request) => send(request, () => new URL(request.url)) },
    lastAnswer: () => answer,
    forgetAnswer: () => {
      answer = undefined
    },
  }
}

function route(requested: string, authority: URL, loginUrl: URL, cloud: CloudId): URL {
  const url = new URL(requested)
  if (url.origin === authority.origin) {
    return new URL(`${loginUrl.origin}${loginUrl.pathname.replace(/\/$/, '')}${url.pathname}${url.search}`)
  }
  // A regional login service, when the machine is set up for one; never past an endpoint that was named.
  if (loginUrl.origin === authority.origin && isOwnHost(url.hostname, 'login', cloud)) return url
  throw new Error(`refused to send credentials to ${url.origin}`)
}

function descriptionOf(body: string): string | undefined {
  try {
    return errorSchema.safeParse(JSON.parse(body)).data?.error_description
  } catch {
    return undefined
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}

function headersOf(headers: Headers): HttpHeaders {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers[Symbol.iterator](),
  }
}
