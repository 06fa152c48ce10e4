import { Route53Client } from '@aws-sdk/client-route-53'
import type { Attempt, Effect } from '../../../../src/model/attempt.ts'
import { OffboardError, ServiceError, UsageError } from '../../../../src/model/errors.ts'
import type { Answer } from '../../../../src/wire/answer.ts'
import { type SendOptions, type Sent, sendWhole } from '../shared/send.ts'
import { failureError } from './failure.ts'
import { assertAdmitted, type Role } from './requests.ts'

/** An access key of AWS, of a user or of a session. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** When a session is over: then new ones are asked for. */
  readonly expiration?: Date
}

export interface WireOptions extends SendOptions {
  readonly baseUrl: URL
  /** By which requests are signed. */
  readonly region: string
  readonly credentials: () => Promise<AwsCredentials>
  readonly attempt: Attempt
  readonly userAgent: string
}

/** Calls AWS's client for one purpose. The whole call is one try: each is signed anew. */
export type Call = <T>(
  tried: string,
  effect: Effect,
  act: (client: Route53Client) => Promise<T>,
) => Promise<T>

/** A request as the library hands it to what sends it. */
interface SignedRequest {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Set by fetch itself, from the address and the body. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length'])

function sentOf(request: SignedRequest, tried: string): Sent {
  const { protocol, hostname, port, path, query = {}, method, headers, body } = request
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? ''].flat()) url.searchParams.append(name, each)
  }
  const sent = Object.entries(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()))
  return {
    url,
    method,
    headers: Object.fromEntries(sent),
    body: typeof body === 'string' ? body : null,
    tried,
  }
}

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
async function usable(given: WireOptions['credentials'], tried: string): Promise<AwsCredentials> {
  const credentials = await given()
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const texts = [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])]
  if (texts.every((text) => /^[\x21-\x7e]+$/.test(text))) return credentials
  throw new UsageError({
    tried,
    said: 'the AWS credentials are empty or hold characters that no key has',
    hint: 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.',
  })
}

/**
 * AWS's client for Route 53. It takes nothing from the environment or from files of its own, sends to the one endpoint,
 * and does not retry. What is thrown below it is kept aside, as the library may wrap it.
 */
export function callsOver(options: WireOptions, role: Role): Call {
  const { baseUrl, region, credentials, attempt, userAgent } = options

  async function once<T>(tried: string, act: (client: Route53Client) => Promise<T>): Promise<T> {
    const thrown: unknown[] = []
    let last: Answer | undefined
    const send = async (sent: Sent) => {
      assertAdmitted(sent, role, baseUrl)
      const answer = await sendWhole(sent, options)
      if (answer.status < 300 && answer.text.trim() === '')
        throw new ServiceError({ tried, said: 'an empty answer' })
      last = answer
      const { status: statusCode, headers, text } = answer
      return { response: { statusCode, headers: Object.fromEntries(headers), body: Buffer.from(text) } }
    }
    const client = new Route53Client({
      region,
      endpoint: baseUrl.href.replace(/\/$/, ''),
      credentials: () => usable(credentials, tried),
      requestHandler: {
        async handle(request: SignedRequest) {
          try {
            return await send(sentOf(request, tried))
          } catch (error) {
            thrown.push(error)
            throw error
          }
        },
      },
      maxAttempts: 1,
      retryMode: 'standard',
      defaultsMode: 'standard',
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      userAgentAppId: undefined,
      customUserAgent: userAgent,
    })
    try {
      return await act(client)
    } catch (error) {
      const own = [...thrown, error].find((one) => one instanceof OffboardError)
      throw own ?? failureError(tried, error, last)
    }
  }

  return (tried, effect, act) => attempt(effect, () => once(tried, act))
}
