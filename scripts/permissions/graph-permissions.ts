import { type Act, type GraphRequest, requests } from '../../adapters/graph/permissions.ts'
import { table } from './table.ts'

type Caller = 'application' | 'delegated'

/** What the program does with the vendor's app, and the level of `Grant-OffboardAccess.ps1 -Graph` that allows it. */
const deeds: readonly { readonly title: string; readonly acts: readonly Act[]; readonly level: Level }[] = [
  { title: 'dry run, `plan`, `verify`, `doctor`', acts: ['read'], level: 'Read' },
  { title: 'disable the app, and enable it again', acts: ['read', 'switch'], level: 'Disable' },
  { title: '`--revoke-grants`', acts: ['read', 'switch', 'revoke'], level: 'All' },
  { title: '`--delete-app`', acts: ['read', 'switch', 'revoke', 'delete'], level: 'All' },
  { title: '`restore` of all of it', acts: ['read', 'switch', 'restore', 'grant'], level: 'All' },
]

export const levels = ['Read', 'Disable', 'All'] as const
export type Level = (typeof levels)[number]

/** How much a permission lets its holder do; only compared. */
function weightOf(name: string): number {
  if (name.startsWith('Directory.ReadWrite')) return 100
  return name.includes('ReadWrite') ? 10 : 1
}

function setsOf(request: GraphRequest, caller: Caller): readonly (readonly string[])[] {
  const { least, accepted } = request[caller]
  return [least, ...accepted]
}

function subsets([first, ...rest]: readonly string[]): readonly (readonly string[])[] {
  if (first === undefined) return [[]]
  const without = subsets(rest)
  return [...without, ...without.map((set) => [first, ...set])]
}

function weigh(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + weightOf(name), 0)
}

/** The permissions that together let every request for these acts be sent, and let their holder do the least. */
function leastTogether(acts: readonly Act[], caller: Caller): readonly string[] {
  const wanted = requests.filter(({ act }) => acts.includes(act)).map((request) => setsOf(request, caller))
  const names = [...new Set(wanted.flat(2))].sort()
  const enough = subsets(names).filter((held) =>
    wanted.every((sets) => sets.some((set) => set.every((name) => held.includes(name)))),
  )
  return enough.toSorted((a, b) => weigh(a) - weigh(b))[0] ?? []
}

/** What `-Graph LEVEL` grants. */
export function granted(level: Level): readonly string[] {
  const names = deeds
    .filter((deed) => deed.level === level)
    .flatMap(({ acts }) => leastTogether(acts, 'application'))
  return [...new Set(names)].sort()
}

function coded(names: readonly string[], between = ', '): string {
  return names.map((name) => `\`${name}\``).join(between)
}

/** The table of what is needed for what. */
export function deedTable(): string {
  const rows = deeds.map(({ title, acts, level }) => [
    title,
    coded(leastTogether(acts, 'application')),
    coded(leastTogether(acts, 'delegated')),
    `\`${level}\``,
  ])
  return table(['To', 'Application', 'Delegated', '`-Graph`'], rows)
}

/** The table of the requests, each with the least that is published for it. */
export function requestTable(): string {
  const rows = requests.map(({ method, path, application, delegated, documentation }) => [
    `[\`${method} ${path}\`](${documentation})`,
    coded(application.least, ' and '),
    coded(delegated.least, ' and '),
  ])
  return table(['Request, below `/v1.0`', 'Application', 'Delegated'], rows)
}
