import { changeId } from '../../model/name.ts'
import type { Change, Finding, Kept, Plan, PlannedRecordSet } from '../../model/plan.ts'
import type { EditStep, RestoreProcedure } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { sesName } from './ids.ts'
import { zonePermissions } from './manual.ts'
import { type RecordSetObject, recordSetOf } from './record-set.ts'
import { recordToType } from './typed-records.ts'

type Objects = (kind: string) => readonly TenantObject[]

/** The values of a set when these changes of it are made. */
function valuesAfter({ object, values }: RecordSetObject, changes: readonly Change[]): readonly string[] {
  const edits = changes
    .filter((change) => change.object.guid === object.guid)
    .flatMap(({ edit }) => (edit === undefined || edit.kind === 'set' ? [] : edit))
  const gone = new Set(edits.filter(({ kind }) => kind === 'remove-entry').map(({ entry }) => entry))
  const come = edits.filter(({ kind }) => kind === 'add-entry').map(({ entry }) => entry)
  return [...new Set([...come, ...values.filter((value) => !gone.has(value))])]
}

function touched(kind: string, changes: readonly Change[], objects: Objects): readonly RecordSetObject[] {
  const guids = new Set(changes.map(({ object }) => object.guid))
  return objects(kind)
    .filter(({ guid }) => guids.has(guid))
    .flatMap((object) => recordSetOf(object) ?? [])
}

/** A set that is made again has no time to live yet: it gets the one that it had. */
function oldTtl({ edit }: Change, object: TenantObject, { recordSets = [] }: Plan) {
  const set = recordSetOf(object)
  const before = recordSets.find(({ type, name }) => type === 'TXT' && name === set?.name)
  if (set === undefined || before === undefined || edit?.kind !== 'add-entry' || set.values.length > 0)
    return undefined
  return {
    id: changeId('txt-ttl', set.domain),
    name: `time to live of ${before.ttl} s`,
    edit: { kind: 'set', property: 'ttl', from: set.ttl, to: before.ttl },
  } as const
}

/** In seconds, when these changes of a set are made. */
function ttlAfter({ object, ttl }: RecordSetObject, changes: readonly Change[]): number {
  const own = changes.filter((change) => change.object.guid === object.guid)
  const set = own.flatMap(({ edit }) => (edit?.kind === 'set' && edit.property === 'ttl' ? edit.to : []))
  return typeof set[0] === 'number' ? set[0] : ttl
}

function emptied(changes: readonly Change[], objects: Objects): readonly RecordSetObject[] {
  return touched('mx-set', changes, objects).filter((set) => valuesAfter(set, changes).length === 0)
}

/** Mail has no way without an MX, at no moment. */
const keepsAnMx: StepGuard = {
  kinds: ['mx-set'],
  check: (objects, changes) => emptied(changes, objects).map(({ domain }) => `${domain} would have no MX`),
}

function editing(id: string, title: string, kind: string, guard?: StepGuard): EditStep {
  return {
    ...{ id, title, kind: 'edit', system: 'dns', kinds: [kind], permissions: zonePermissions },
    ...(guard === undefined ? {} : { guard }),
    propose: () => [],
  }
}

function unreadable(objects: Objects): readonly Finding[] {
  return ['mx-set', 'txt-set'].flatMap((kind) =>
    objects(kind)
      .filter(({ properties }) => properties.state !== 'answered')
      .map(({ name, properties }) => ({
        id: `unread:${kind}:${name}`,
        kind,
        name,
        reason: `it could not be read: ${String(properties.reason ?? 'nothing was answered')}`,
      })),
  )
}

/** What a person has to type again: all of a set as it was before. */
function byHand({ decisions, recordSets = [] }: Plan): readonly Kept[] {
  if (decisions.mx?.provider !== 'manual') return []
  return recordSets.map((set) => {
    const { name, type, before } = set
    const isMx = type === 'MX'
    const lines = before.map((value) => recordToType(set, isMx ? 'MX' : 'TXT', value))
    return {
      id: `${isMx ? 'mx' : 'txt'}:${name}`,
      step: isMx ? 'vendor-mx' : 'txt',
      kind: isMx ? 'mx-set' : 'txt-set',
      name,
      reason: `a person typed it, and types it again; as it was before: ${lines.join(' | ') || 'no such record'}. Add first, then delete`,
      lost: true,
    }
  })
}

function recordSets(changes: readonly Change[], objects: Objects): readonly PlannedRecordSet[] {
  const types = [
    { kind: 'mx-set', type: 'MX', restsOn: 'object', nameOf: (domain: string) => domain },
    { kind: 'txt-set', type: 'TXT', restsOn: 'edit', nameOf: sesName },
  ] as const
  return types.flatMap(({ kind, type, restsOn, nameOf }) =>
    touched(kind, changes, objects).map((set) => ({
      ...{ zone: set.zone, name: nameOf(set.domain), type, ttl: ttlAfter(set, changes), restsOn },
      ...{ before: set.values, after: valuesAfter(set, changes) },
    })),
  )
}

/** The reverse: the vendor can take mail again, then its MX comes, then what was put in its place goes. */
export const restore: RestoreProcedure = {
  steps: [
    editing('txt', 'Put the vendor’s value back into the TXT record', 'txt-set'),
    editing('vendor-mx', 'Put the vendor’s MX back', 'mx-set'),
    editing('previous-mx', 'Take the MX out that was put in its place', 'mx-set', keepsAnMx),
  ],
  reads: [
    { system: 'dns', kind: 'mx-set', required: true },
    { system: 'dns', kind: 'txt-set', required: true },
  ],
  redirectStep: '',
  createSteps: {},
  switches: {},
  lacks: () => undefined,
  untouched: ['mx-set'],
  blockers: (changes, objects) => [
    ...unreadable(objects),
    ...emptied(changes, objects).map(({ domain }) => ({
      id: `vendor-mx:${domain}`,
      kind: 'mx-set',
      name: domain,
      reason: 'it would have no MX: put the vendor’s back too, or leave the other one where it is',
    })),
  ],
  beside: oldTtl,
  byHand,
  recordSets,
}
