import type { JsonObject } from '../../model/json.ts'
import type { AuditActivity, AuditApplication, AuditEvent, GoogleState } from './google.ts'
import { type SandboxState, sandboxNow } from './state.ts'

/** What somebody did, before it is put down. */
export type AuditRecord = Omit<AuditActivity, 'serial' | 'at'>

export function auditEvent(
  type: string,
  name: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  more: readonly JsonObject[] = [],
): AuditEvent {
  const all = Object.entries(parameters).map(([parameter, value]) =>
    typeof value === 'string' ? { name: parameter, value } : { name: parameter, multiValue: value },
  )
  return { type, name, parameters: [...all, ...more] }
}

/** Puts something down that was done at that time, unless nothing is recorded. */
export function recordAt(google: GoogleState, at: number, record: AuditRecord): void {
  if (!google.auditSettings.recorded || record.events.length === 0) return
  google.audit = [...google.audit, { ...record, serial: google.audit.length + 1, at }]
}

export function recordNow(state: SandboxState, record: AuditRecord): void {
  recordAt(state.google, sandboxNow(state).getTime(), record)
}

/** Whether something that was done then is shown by now. */
export function isShown(
  { auditSettings }: GoogleState,
  application: AuditApplication,
  at: number,
  now: number,
): boolean {
  return at + auditSettings.lagMs[application] <= now
}

/** What a change to a Gmail setting is about. */
export interface SettingChange {
  readonly verb: 'CREATE' | 'CHANGE' | 'DELETE'
  /** As the older family names it: 'EMAIL_ROUTE'. */
  readonly setting: string
  /** As the newer one does. */
  readonly field: string
  readonly ruleId: string
  readonly description: string
  readonly orgUnit: string
}

/** In the audit log's words, a rule's name of its own is what stands before the first '-' of its id. */
function shortId(ruleId: string): string {
  return ruleId.split('-')[0] ?? ruleId
}

/**
 * The events of one change in both families. What SETTING_NAME holds for compliance rules and the inbound gateway is
 * not published: the names here are made up. https://developers.google.com/workspace/admin/reports/v1/appendix/activity/admin-event-names
 */
export function settingEvents(google: GoogleState, change: SettingChange): readonly AuditEvent[] {
  const { verb, setting, field, ruleId, description, orgUnit } = change
  const made = {
    old: () => [
      auditEvent('EMAIL_SETTINGS', `${verb}_GMAIL_SETTING`, {
        SETTING_NAME: setting,
        ORG_UNIT_NAME: orgUnit,
        SETTING_DESCRIPTION: description,
        USER_DEFINED_SETTING_NAME: shortId(ruleId),
      }),
    ],
    new: () =>
      ['', ' enabled'].map((part) =>
        auditEvent(
          'APPLICATION_SETTINGS',
          `${verb}_APPLICATION_SETTING`,
          { APPLICATION_NAME: 'Gmail', ORG_UNIT_NAME: orgUnit, SETTING_NAME: `${field}${part}` },
          [
            {
              name: 'SETTING_METADATA',
              messageValue: {
                parameter: [
                  { name: 'rule_key', value: ruleId },
                  { name: 'rule_type', value: setting },
                ],
              },
            },
          ],
        ),
      ),
  }
  return google.auditSettings.families.flatMap((family) => made[family]())
}
