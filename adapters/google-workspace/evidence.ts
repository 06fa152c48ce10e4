import type { SystemReader } from '../../src/model/adapter.ts'
import { OffboardError, RefusedError } from '../../src/model/errors.ts'
import type { TenantObject } from '../../src/model/resource.ts'
import { objectOf, textOf } from './json.ts'
import { auditLogs } from './sources/audit-logs.ts'

/** What an answer rests on: an event with who and when, a client's activity, its silence (weak), or nothing. */
type Ground = 'audit-event' | 'activity' | 'silence' | 'nothing'

/** Whether a client still acts for the domain, and what tells so: one sentence for people. */
export interface DelegationEvidence {
  readonly is: 'gone' | 'present' | 'unknown'
  readonly evidence: string
  readonly rests: Ground
}

export interface DelegationAsked {
  readonly client: string
  /** When somebody said that it was taken away; undefined when nobody has. */
  readonly since?: Date
  readonly now: Date
}

/** A token that was given before the client was taken away works on for so long. */
const tokenLifeMs = 3_600_000

interface Told {
  readonly at: Date
  readonly by: string
}

/** Of the client: when it was let in and taken out last, and when it acted last. */
interface Trail {
  readonly authorised: Told | undefined
  readonly removed: Told | undefined
  readonly used: Told | undefined
}

function told(event: TenantObject | undefined): Told | undefined {
  if (event === undefined) return undefined
  const { time, actor } = event.properties
  return { at: new Date(String(time)), by: typeof actor === 'string' ? actor : 'somebody' }
}

/** Events come oldest first. */
function trailOf(events: readonly TenantObject[], client: string): Trail {
  const named = (name: string) =>
    events.findLast(
      (event) =>
        event.name === name && textOf(objectOf(event.properties, 'parameters'), 'API_CLIENT_NAME') === client,
    )
  const used = events.findLast(
    ({ properties }) => properties.application !== 'admin' && properties.client === client,
  )
  return {
    authorised: told(named('AUTHORIZE_API_CLIENT_ACCESS')),
    removed: told(named('REMOVE_API_CLIENT_ACCESS')),
    used: told(used),
  }
}

function isAfter(event: Told | undefined, since: Date | undefined, graceMs = 0): event is Told {
  return event !== undefined && event.at.getTime() > (since?.getTime() ?? 0) + graceMs
}

function at({ at: time }: Told): string {
  return time.toISOString()
}

/** As long as a log may be behind, its silence says nothing. */
function silence({ since, now }: DelegationAsked): DelegationEvidence {
  const token = auditLogs.find(({ application }) => application === 'token')
  const heardMs = (token?.usualLagMs ?? 0) + tokenLifeMs
  if (since === undefined)
    return { is: 'unknown', evidence: 'the audit log knows nothing of the client', rests: 'nothing' }
  const behind = 'the audit log has no removal, and may be behind by hours, at worst by days'
  if (now.getTime() - since.getTime() <= heardMs) return { is: 'unknown', evidence: behind, rests: 'nothing' }
  const quiet = `no activity of the client since ${since.toISOString()}`
  return { is: 'unknown', evidence: `${quiet}; ${behind}`, rests: 'silence' }
}

/** The first cases that hold decide. Silence alone never tells that it is gone. */
function judge({ authorised, removed, used }: Trail, asked: DelegationAsked): DelegationEvidence {
  const isOut = isAfter(removed, authorised?.at)
  const since = isOut ? removed.at : asked.since
  if (isAfter(used, since, since === undefined ? 0 : tokenLifeMs))
    return { is: 'present', evidence: `the client was active at ${at(used)}`, rests: 'activity' }
  if (isOut)
    return {
      is: 'gone',
      evidence: `${removed.by} took the client out at ${at(removed)}, as the audit log has it`,
      rests: 'audit-event',
    }
  if (isAfter(authorised, asked.since))
    return {
      is: 'present',
      evidence: `${authorised.by} let the client in at ${at(authorised)}, and the audit log has no removal`,
      rests: 'audit-event',
    }
  return silence(asked)
}

/**
 * What the audit logs tell of a client of domain-wide delegation; nothing lists those. Reads only. What may not be
 * read is 'unknown', with the reason.
 */
export async function delegationEvidence(
  google: SystemReader | undefined,
  asked: DelegationAsked,
): Promise<DelegationEvidence> {
  try {
    const events = (await google?.sources.get('audit-event')?.list()) ?? []
    return judge(trailOf(events, asked.client), asked)
  } catch (error) {
    if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
    const said = error.said ?? error.message
    return { is: 'unknown', evidence: `the audit log could not be read: ${said}`, rests: 'nothing' }
  }
}
