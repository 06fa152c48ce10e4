import * as z from 'zod'

/** What Google says of a request that it refused, or failed at. */
export interface GoogleFault {
  readonly reason: string
  readonly message: string
  /** 'PERMISSION_DENIED'; empty where the API has none. */
  readonly status: string
}

/** https://docs.cloud.google.com/apis/design/errors, and the older list of the Directory, Reports and DNS APIs. */
const envelope = z.looseObject({
  error: z.looseObject({
    message: z.string().nullish(),
    status: z.string().nullish(),
    errors: z
      .array(z.looseObject({ reason: z.string().nullish() }))
      .nullish()
      .catch(undefined),
    details: z
      .array(z.looseObject({ reason: z.string().optional() }).catch({}))
      .nullish()
      .catch(undefined),
  }),
})

/** The explanation in an answer; undefined where there is none. */
export function googleFaultIn(text: string): GoogleFault | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { error } = envelope.safeParse(body).data ?? {}
  if (error === undefined) return undefined
  const detailed = error.details?.find(({ reason }) => reason !== undefined)?.reason
  return {
    reason: detailed ?? error.errors?.[0]?.reason ?? '',
    message: error.message ?? '',
    status: error.status ?? '',
  }
}

/** '403 PERMISSION_DENIED (insufficientPermissions): Not authorized' */
export function googleWords(status: number, fault: GoogleFault | undefined): string {
  if (fault === undefined) return `HTTP ${status} without an explanation`
  const code = [String(status), fault.status].filter((word) => word !== '').join(' ')
  const named = fault.reason === '' ? code : `${code} (${fault.reason})`
  return fault.message === '' ? named : `${named}: ${fault.message}`
}
