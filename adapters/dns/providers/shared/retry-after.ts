/** The wait that an answer asks for, in milliseconds: `Retry-After` in seconds or as an HTTP date (RFC 9110). */
export function retryAfterMs(headers: Headers): number | undefined {
  const asked = headers.get('retry-after')?.trim()
  if (!asked) return undefined
  if (/^\d+$/.test(asked)) return Number(asked) * 1000
  const at = Date.parse(asked)
  if (Number.isNaN(at)) return undefined
  // The service's own clock, when it tells it: ours may be wrong.
  const now = Date.parse(headers.get('date') ?? '')
  return Math.max(0, at - (Number.isNaN(now) ? Date.now() : now))
}
