import type { SystemReader } from '../../src/model/adapter.ts'
import { OffboardError, RefusedError } from '../../src/model/errors.ts'
import type { TenantObject } from '../../src/model/resource.ts'
import { objectOf, objectsOf, textOf } from './json.ts'

type Verb = 'CREATE' | 'CHANGE' | 'DELETE'

/** Whether a setting of Gmail was changed, and what tells so: one sentence for people. */
export interface SettingEvidence {
  readonly is: 'gone' | 'present' | 'unknown'
  readonly evidence: string
  readonly rests: 'audit-event' | 'nothing'
}

export interface SettingAsked {
  /** 'the host' */
  readonly what: string
  /** By the names that either family of events gives to the setting. */
  isSetting(setting: string): boolean
  /** By the description, which the older family has: such an event tells by itself. */
  isNamed(description: string): boolean
  /** The acts that take it away. */
  readonly verbs: readonly Verb[]
  readonly now: Date
  /** When the plan was made. */
  readonly planned: Date
  /** When somebody said that it was done; undefined when nobody has. */
  readonly since?: Date
}

const day = 86_400_000

/** The older family is *_GMAIL_SETTING, the newer *_APPLICATION_SETTING. */
function verbOf({ name }: TenantObject): string | undefined {
  return /^([A-Z]+)_(?:GMAIL|APPLICATION)_SETTING$/.exec(name)?.[1]
}

/** Names of the setting: the newer family has its type among the metadata. */
function settingsOf({ properties }: TenantObject): readonly string[] {
  const parameters = objectOf(properties, 'parameters')
  const metadata = objectsOf(objectOf(parameters, 'SETTING_METADATA'), 'parameter')
  const type = metadata.find((parameter) => textOf(parameter, 'name') === 'rule_type')
  return [textOf(parameters, 'SETTING_NAME'), type && textOf(type, 'value')].filter(
    (setting) => setting !== undefined,
  )
}

function descriptionOf({ properties }: TenantObject): string {
  return textOf(objectOf(properties, 'parameters'), 'SETTING_DESCRIPTION') ?? ''
}

function timeOf({ properties }: TenantObject): number {
  return Date.parse(String(properties.time))
}

function sentence(event: TenantObject, { what }: SettingAsked): string {
  const { actor } = event.properties
  const who = typeof actor === 'string' ? actor : 'somebody'
  const act = { CREATE: 'made', CHANGE: 'changed', DELETE: 'deleted' }[verbOf(event) ?? ''] ?? 'changed'
  return `${who} ${act} ${what} at ${new Date(timeOf(event)).toISOString()}, as the audit log has it`
}

/** An event that does not say which one it is counts only beside somebody's word, and when it is about as old. */
function earliest({ planned, since }: SettingAsked): number {
  return Math.min(planned.getTime(), since?.getTime() ?? Number.POSITIVE_INFINITY) - day
}

/** Events come oldest first. */
function judge(events: readonly TenantObject[], asked: SettingAsked): SettingEvidence {
  const { what, verbs, since } = asked
  const acts = events.filter((event) => verbOf(event) !== undefined)
  const named = acts.findLast((event) => asked.isNamed(descriptionOf(event)))
  if (named !== undefined && verbOf(named) === 'DELETE')
    return { is: 'gone', evidence: sentence(named, asked), rests: 'audit-event' }
  if (named !== undefined && since !== undefined && timeOf(named) > since.getTime())
    return { is: 'present', evidence: sentence(named, asked), rests: 'audit-event' }
  const own = acts.filter((event) => settingsOf(event).some((setting) => asked.isSetting(setting)))
  const last = own.findLast(
    (event) => verbs.some((verb) => verb === verbOf(event)) && timeOf(event) >= earliest(asked),
  )
  if (last === undefined)
    return {
      is: 'unknown',
      evidence: `the audit log has nobody who took ${what} away, and may be behind`,
      rests: 'nothing',
    }
  if (since === undefined)
    return {
      is: 'unknown',
      evidence: `${sentence(last, asked)}; what of it is gone only a person can tell`,
      rests: 'nothing',
    }
  return {
    is: 'gone',
    evidence: `${sentence(last, asked)}; somebody says that it is done`,
    rests: 'audit-event',
  }
}

/**
 * What the audit log tells of a setting that no API reads. Reads only. What may not be read is 'unknown', with the
 * reason.
 */
export async function settingEvidence(
  google: SystemReader | undefined,
  asked: SettingAsked,
): Promise<SettingEvidence> {
  try {
    return judge((await google?.sources.get('audit-event')?.list()) ?? [], asked)
  } catch (error) {
    if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
    return {
      is: 'unknown',
      evidence: `the audit log could not be read: ${error.said ?? error.message}`,
      rests: 'nothing',
    }
  }
}
