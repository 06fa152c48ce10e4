import { findTraces } from '../../footprint/traces.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { changeId, visible } from '../../model/name.ts'
import type { Leftover } from '../../model/plan.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { mailRecordLeftovers } from '../mail-records.ts'
import { objectsOf } from '../objects.ts'
import { consolePages } from './console.ts'

/** A list of Gmail's settings in which something of the vendor may stand. */
interface Place {
  readonly kind: string
  readonly prefix: string
  readonly harm: string
}

const bypass =
  'mail that matches it is not filtered as other mail is, and cloud addresses are given to others in time'

const places: readonly Place[] = [
  { kind: 'ip-allowlist', prefix: 'ip-allowlist', harm: bypass },
  {
    kind: 'address-list',
    prefix: 'address-list',
    harm: 'rules that use the list still treat the vendor apart',
  },
  { kind: 'spam-override', prefix: 'spam-override', harm: `${bypass}; a sender address can be forged` },
  {
    kind: 'blocked-senders',
    prefix: 'blocked-senders',
    harm: 'the list blocks, or spares, more than is needed',
  },
]

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function tracesIn({ properties: { entry } }: TenantObject, { footprint }: MatchContext): readonly string[] {
  const content = isObject(entry) ? entry : { entry: entry ?? null }
  return [...new Set(findTraces(content, footprint).map(({ value }) => value))]
}

/** Ids of the address lists with something of the vendor in them, with their names. */
function vendorLists(context: MatchContext): ReadonlyMap<string, string> {
  return new Map(
    objectsOf('address-list', context)
      .filter((list) => tracesIn(list, context).length > 0)
      .map((list) => [list.guid.split('#')[1] ?? '', list.name]),
  )
}

/** A list of senders names address lists by their ids. */
function listsIn(
  { properties: { entry } }: TenantObject,
  lists: ReadonlyMap<string, string>,
): readonly string[] {
  const used = isObject(entry) ? Object.values(entry).flat() : []
  const names = used.flatMap((value) => (typeof value === 'string' ? (lists.get(value) ?? []) : []))
  return [...new Set(names)].map((name) => `the list "${name}"`)
}

function leftoversIn(
  { kind, prefix, harm }: Place,
  lists: ReadonlyMap<string, string>,
  context: MatchContext,
): readonly Leftover[] {
  return objectsOf(kind, context).flatMap((object) => {
    const named = kind === 'address-list' ? [] : listsIn(object, lists)
    const found = [...tracesIn(object, context), ...named]
    if (found.length === 0) return []
    return {
      id: changeId(prefix, object.name),
      kind,
      name: object.name,
      reason: `it names the vendor: ${found.slice(0, 4).join('; ')}`,
      harm,
      remedy: `Gmail > Spam, Phishing and Malware: take it out (${consolePages.spam})`,
    }
  })
}

const longest = 200

function shown(value: Json): string {
  const text = visible(JSON.stringify(value))
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function settingOf({ properties: { policy } }: TenantObject): Json {
  const setting = isObject(policy) ? policy.setting : undefined
  return isObject(setting) ? (setting.value ?? {}) : {}
}

/** Of a type that this version does not know: shown as it is, whatever it holds. */
function hostSettings(context: MatchContext): readonly Leftover[] {
  return objectsOf('mail-host-settings', context).map((object) => ({
    id: changeId('setting', object.name),
    kind: 'mail-host-settings',
    name: object.name,
    reason: `it names hosts or gateways, and is of a type that this version does not know: ${shown(settingOf(object))}`,
    harm: 'a host or an address of the vendor in it still has a part in the way of mail',
    remedy: `look whether something of it is the vendor's: ${consolePages.hosts}, ${consolePages.spam}`,
  }))
}

/** What Gmail's settings and DNS still hold of the vendor outside the procedure. */
export function leftovers(context: MatchContext): readonly Leftover[] {
  const lists = vendorLists(context)
  return [
    ...places.flatMap((place) => leftoversIn(place, lists, context)),
    ...hostSettings(context),
    ...mailRecordLeftovers(context),
  ]
}
