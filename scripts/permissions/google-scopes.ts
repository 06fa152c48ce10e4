import { type Purpose, requests } from '../../adapters/google-workspace/requests.ts'
import { table } from './table.ts'

interface Deed {
  readonly title: string
  readonly purposes: readonly Purpose[]
  /** What happens without its scopes. */
  readonly without: string
}

/** What the program does at Google, the most needed first. */
const deeds: readonly Deed[] = [
  { title: 'know which customer it is', purposes: ['identity'], without: 'nothing is done' },
  { title: 'find the rule, and prove that it is gone', purposes: ['policies'], without: 'no plan is made' },
  {
    title: 'prove what a person did in the Admin console',
    purposes: ['audit'],
    without: 'those steps stay `unverified`, and the run ends with 5',
  },
  {
    title: 'name organizational units and groups',
    purposes: ['places'],
    without: 'they are told by their ids',
  },
  {
    title: "list users' consents to the vendor's app, and with `--include` take them away",
    purposes: ['tokens', 'remove-tokens'],
    without: 'consents are told as "not checked"',
  },
  {
    title: '`--google-policy-writes`',
    purposes: ['write-policies'],
    without: 'a person removes the rule in the Admin console',
  },
]

function scopesFor(purposes: readonly Purpose[]): readonly string[] {
  const wanted = requests.filter(({ purpose }) => purposes.includes(purpose))
  return [...new Set(wanted.map(({ scope }) => scope))]
}

/** As the Admin console takes them: everything but what `--google-policy-writes` needs. */
export function scopeLine(): string {
  const purposes = deeds.flatMap((deed) => deed.purposes).filter((purpose) => purpose !== 'write-policies')
  return scopesFor(purposes).join(',')
}

/** What the scopes are for, and what happens without them. */
export function scopeTable(): string {
  const rows = deeds.map(({ title, purposes, without }) => [
    title,
    scopesFor(purposes)
      .map((scope) => `\`${scope}\``)
      .join('<br>'),
    without,
  ])
  return table(['To', 'Scopes', 'Without'], rows)
}

/** The requests, each with the least scope that is published for it. */
export function googleRequestTable(): string {
  const rows = requests.map(({ api, method, path, scope, documentation }) => [
    `[\`${method} ${path}\`](${documentation})`,
    `\`${api}\``,
    `\`${scope.replace('https://www.googleapis.com/auth/', '')}\``,
  ])
  return table(['Request', 'Host', 'Scope'], rows)
}
