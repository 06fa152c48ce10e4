import {
  ConflictError,
  InternalError,
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  UsageError,
} from '../../../../src/model/errors.ts'
import type { Ended } from './nsupdate.ts'

interface Kind {
  /** What `nsupdate` writes. Codes are in capitals; "refused" in small letters is a connection, not an answer. */
  readonly text: RegExp
  readonly error: new (problem: Problem) => OffboardError
  readonly said: string
  readonly hint?: string
}

const nothing = 'Nothing was changed.'
const changed = 'the record set is not what it was read as'

/** First match wins. Of the text itself nothing is shown: it may repeat a part of the key file. */
const kinds: readonly Kind[] = [
  {
    text: /\bBADTIME\b|clocks are unsynchronized/,
    error: PermissionError,
    said: 'the clocks of this machine and of the server differ (BADTIME)',
    hint: `${nothing} Set both clocks, then try again.`,
  },
  {
    text: /\bBADSIG\b/,
    error: PermissionError,
    said: 'the server knows a key of this name, and it has another secret or algorithm (BADSIG)',
    hint: `${nothing} Use the key file that the server has.`,
  },
  {
    text: /\bBADKEY\b/,
    error: PermissionError,
    said: 'the server does not know the key (BADKEY)',
    hint: `${nothing} Check the name of the key, and that the server is the primary, which takes updates.`,
  },
  {
    text: /could not read key from/,
    error: UsageError,
    said: 'nsupdate cannot read the key file',
    hint: `${nothing} Make a key with "tsig-keygen NAME", and give the server the same one.`,
  },
  {
    text: /update failed: (?:NXRRSET|YXRRSET|NXDOMAIN|YXDOMAIN)\b/,
    error: ConflictError,
    said: changed,
    hint: `Somebody changed it meanwhile. ${nothing}`,
  },
  {
    text: /TSIG error with server/,
    error: ServiceError,
    said: 'the answer does not bear the signature of the key, so that it cannot be believed',
    hint: 'Something between here and the server may change answers. Read the record set before trying again.',
  },
  {
    text: /update failed: REFUSED\b/,
    error: PermissionError,
    said: 'the server refuses the update (REFUSED)',
    hint: `${nothing} Allow the key to change these records (update-policy or allow-update of the zone), at the primary.`,
  },
  {
    text: /update failed: NOTAUTH\b/,
    error: TenantError,
    said: 'the server does not hold the zone (NOTAUTH)',
    hint: `${nothing} Name the primary of the zone in OFFBOARD_RFC2136_SERVER.`,
  },
  {
    text: /update failed: NOTIMP\b/,
    error: TenantError,
    said: 'the server takes no updates (NOTIMP)',
    hint: `${nothing} Name a server that takes dynamic updates (RFC 2136) in OFFBOARD_RFC2136_SERVER.`,
  },
  {
    text: /update failed: NOTZONE\b/,
    error: InternalError,
    said: 'a name in the update is not in the zone (NOTZONE)',
  },
  {
    text: /check-names failed/,
    error: UsageError,
    said: 'a host of the set has a name that hosts cannot have',
    hint: nothing,
  },
  {
    text: /syntax error|update failed: FORMERR\b/,
    error: InternalError,
    said: 'the update is not understood',
  },
  {
    text: /Communication with .* failed: (?:connection refused|operation canceled)/,
    error: ServiceError,
    said: 'the server does not take the connection, or closed it before it answered',
    hint: 'Check that the server runs, the address and the port (TCP), and a firewall between.',
  },
  {
    text: /Communication with .* failed: .*(?:unreachable|end of file)/,
    error: ServiceError,
    said: 'there is no way to the server, or it closed the connection',
    hint: 'Check the address and the port (TCP), and a firewall between.',
  },
  {
    text: /Communication with .* failed/,
    error: ServiceError,
    said: 'no answer came in time',
    hint: 'Whether it was done is unknown until the record set is read.',
  },
]

/** 'nsupdate: SERVFAIL': a code that says nothing else than itself. */
function unnamed({ code, text }: Ended): string {
  const answered = /update failed: ([A-Z0-9]+)\b/.exec(text)?.[1]
  return answered === undefined
    ? `nsupdate ended with ${code}, and did not say why`
    : `the server failed at it (${answered})`
}

/** The error of the family that an update is which did not end well. */
export function failureError(tried: string, ended: Ended): OffboardError {
  const kind = kinds.find(({ text }) => text.test(ended.text))
  if (kind === undefined) return new ServiceError({ tried, said: unnamed(ended) })
  const { error, said, hint } = kind
  return new error(hint === undefined ? { tried, said } : { tried, said, hint })
}
