import * as z from 'zod'
import { PermissionError, ServiceError } from '../model/errors.ts'

const answerSchema = z.looseObject({ value: z.string().min(1) })

export interface GithubRequest {
  /** ACTIONS_ID_TOKEN_REQUEST_URL */
  readonly url: URL
  /** ACTIONS_ID_TOKEN_REQUEST_TOKEN */
  readonly token: string
  readonly audience: string
  readonly signal: AbortSignal
}

/**
 * The identity token of a GitHub Actions job
 * (https://docs.github.com/actions/reference/security/oidc). Throws a PermissionError when GitHub refuses, a
 * ServiceError when it does not answer.
 */
export async function githubAssertion({ url, token, audience, signal }: GithubRequest): Promise<string> {
  const target = new URL(url)
  target.searchParams.set('audience', audience)
  const tried = `get the job's identity token from ${url.host}`
  const response = await fetch(target, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  }).catch(() => {
    signal.throwIfAborted()
    throw new ServiceError({ tried, said: 'no answer' })
  })
  if (response.status >= 500) throw new ServiceError({ tried, said: `HTTP ${response.status}` })
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined))
  if (response.ok && answer.success) return answer.data.value
  throw new PermissionError({
    tried,
    said: response.ok ? 'the answer holds no token' : `HTTP ${response.status}`,
    hint: 'Give the job the permission id-token: write.',
  })
}
