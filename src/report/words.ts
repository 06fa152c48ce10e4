import type { Change, Finding } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'
import type { Style } from './layout.ts'

/** What an id is about, where its kind of object says too little; by how the id begins. */
const subjects: Readonly<Record<string, string>> = {
  ip: 'address',
  'safe-list': 'setting',
  'block-list': 'blocked address',
}

/** Kinds of object that have a shorter or better known name than their id. */
const nouns: Readonly<Record<string, string>> = {
  'transport-rule': 'rule',
  'service-principal': 'app',
  'app-role-assignment': 'application permission',
  'delegated-grant': 'delegated permission',
  'compliance-rule': 'content-compliance rule',
  'user-token': 'consent',
  mx: 'domain',
  'mx-set': 'MX record',
  'txt-set': 'TXT value',
  smtp: 'mail host',
  'mail-txt': 'mail record',
  'ses-txt': 'TXT values',
  'mta-sts-policy': 'MTA-STS policy',
}

/** What people call something: 'inbound connector'. */
export function nounOf({ id, kind }: Pick<Finding, 'id' | 'kind'>): string {
  const [prefix = ''] = id.split(':', 1)
  return subjects[prefix] ?? nouns[kind] ?? kind.replaceAll('-', ' ')
}

/** What a change does, in one word and a sign. */
export interface Deed {
  readonly sign: '-' | '~' | '+'
  readonly verb: string
  readonly noun: string
  readonly style: Style
}

const switches: Readonly<Record<string, string>> = {
  Disabled: 'disable',
  Enabled: 'enable',
  disabled: 'disable',
  enabled: 'enable',
  false: 'switch off',
  true: 'switch on',
  'accountEnabled false': 'disable',
  'accountEnabled true': 'enable',
}

/** What a change does. */
export function deedOf(change: Change): Deed {
  const { action, edit } = change
  const noun = nounOf(change)
  if (edit?.kind === 'remove-entry') return { sign: '-', verb: 'remove', noun, style: 'red' }
  if (edit?.kind === 'add-entry') return { sign: '+', verb: 'add', noun, style: 'green' }
  if (edit !== undefined) {
    const verb = switches[`${edit.property} ${edit.to}`] ?? switches[String(edit.to)] ?? 'set'
    return { sign: '~', verb, noun, style: 'yellow' }
  }
  if (action === 'create') return { sign: '+', verb: 'create', noun, style: 'green' }
  return { sign: '-', verb: 'remove', noun, style: 'red' }
}

const styles: Readonly<Record<ItemOutcome, Style>> = {
  planned: 'dim',
  applied: 'cyan',
  verified: 'green',
  absent: 'green',
  attested: 'green',
  kept: 'dim',
  'action-required': 'yellow',
  unverified: 'yellow',
  failed: 'red',
}

/** The colour that goes with an outcome, whose name is always there too. */
export function styleOf(outcome: ItemOutcome): Style {
  return styles[outcome]
}

/** Whether nothing more is to be done about it. */
export function isSettled(outcome: ItemOutcome): boolean {
  return ['verified', 'absent', 'attested', 'kept'].includes(outcome)
}

/** '1 change', '12 changes' */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** 'a, b and c' */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
