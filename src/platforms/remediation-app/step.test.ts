import { describe, expect, it } from 'vitest'
import { buildFootprint, noAdditions } from '../../footprint/footprint.ts'
import type { JsonObject } from '../../model/json.ts'
import { noDecisions } from '../../model/no-decisions.ts'
import type { Decisions } from '../../model/plan.ts'
import type { Proposal, ProposalContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { Survey } from '../../model/survey.ts'
import { remediationApp } from './step.ts'

const appId = 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10'
const step = remediationApp(['connectors'])

function object(guid: string, name: string, properties: JsonObject): TenantObject {
  return { guid, name, properties }
}

function app(properties: JsonObject = {}, name = 'Perception Point Remediation'): TenantObject {
  const own = { appId, accountEnabled: true, publisherName: 'Perception Point Ltd' }
  return object('sp1', name, { ...own, ...properties })
}

const role = object('role1', 'Mail.ReadWrite (Microsoft Graph) of X', {
  appId,
  role: { value: 'Mail.ReadWrite', displayName: '' },
})
const consent = object('grant1', 'User.Read (Microsoft Graph, everyone) of X', {
  appId,
  scope: 'User.Read offline_access',
  principalId: null,
})
const strangeRole = object('role2', 'Some.Thing (API) of Other', {
  appId: 'other',
  role: { value: 'Some.Thing' },
})

interface Given {
  readonly apps?: readonly TenantObject[]
  readonly named?: readonly string[]
  readonly decisions?: Partial<Decisions>
  /** IDs that the operator's decisions leave out. */
  readonly out?: readonly string[]
}

function propose({ apps = [app()], named = [], decisions = {}, out = [] }: Given): readonly Proposal[] {
  const read = (value: readonly TenantObject[]) => ({ ok: true as const, value })
  const survey: Survey = {
    takenAt: '2026-11-24T00:00:00Z',
    tenant: { id: 't', name: 'contoso.onmicrosoft.com', domains: [] },
    objects: new Map([
      ['service-principal', read(apps)],
      ['app-role-assignment', read([role, strangeRole])],
      ['delegated-grant', read([consent])],
    ]),
  }
  const context: ProposalContext = {
    footprint: buildFootprint(['eu'], { ...noAdditions, apps: named }),
    survey,
    decisions: { ...noDecisions, ...decisions },
    isRemoved: () => false,
    taken: (proposals) => proposals.filter(({ id, verdict }) => verdict.is === 'vendor' && !out.includes(id)),
  }
  return step.propose(context)
}

const ids = (proposals: readonly Proposal[]) =>
  proposals.map(({ id, edit }) => `${edit === undefined ? '-' : '~'} ${id}`)

describe('an app that is named by its application id', () => {
  const named = [appId.toUpperCase()]

  it('is disabled, whatever its name', () => {
    const [change, ...others] = propose({ named, apps: [app({}, 'Something else')] })
    expect(others).toEqual([])
    expect(change).toMatchObject({
      id: `app:${appId}`,
      edit: { property: 'accountEnabled', from: true, to: false },
      verdict: { is: 'vendor' },
    })
  })

  it('shows publisher, id and rights in words', () => {
    expect(propose({ named })[0]?.detail).toBe(
      `application ${appId}, publisher Perception Point Ltd, not verified, enabled; can read and write all mailboxes; may act for every user: User.Read, offline_access`,
    )
  })

  it('that is disabled already is no change', () => {
    expect(propose({ named, apps: [app({ accountEnabled: false })] })).toEqual([])
  })

  it('loses its rights too with --revoke-grants, after it is disabled', () => {
    expect(ids(propose({ named, decisions: { revokeGrants: true } }))).toEqual([
      `~ app:${appId}`,
      '- grant:role1',
      '- grant:grant1',
    ])
  })

  it('that is disabled already still loses its rights', () => {
    const apps = [app({ accountEnabled: false })]
    expect(ids(propose({ named, apps, decisions: { revokeGrants: true } }))).toEqual([
      '- grant:role1',
      '- grant:grant1',
    ])
  })

  it('is deleted with --delete-app, after each right, which is so saved', () => {
    const proposals = propose({ named, decisions: { deleteApp: true } })
    expect(ids(proposals)).toEqual(['- grant:role1', '- grant:grant1', `- app:${appId}`])
    expect(proposals.at(-1)?.detail).toMatch(/30 days.*does not come back/)
  })

  it('is only disabled when one of its rights is kept', () => {
    const kept = propose({ named, decisions: { deleteApp: true }, out: ['grant:role1'] })
    expect(ids(kept)).toEqual([`~ app:${appId}`, '- grant:role1', '- grant:grant1'])
  })

  it('that is kept keeps its rights', () => {
    const out = [`app:${appId}`]
    const kept = propose({ named, decisions: { deleteApp: true, revokeGrants: true }, out })
    expect(ids(kept)).toEqual([`- app:${appId}`])
  })
})

describe('an app that only has the name', () => {
  it.each(['Perception  Point Remediation', 'FORTIMAIL Workspace', 'Acronis Email Security'])(
    'is a lookalike: %s',
    (name) => {
      const found = propose({ apps: [app({}, name)] })
      expect(ids(found)).toEqual([`~ app:${appId}`])
      expect(found[0]?.verdict.is).toBe('lookalike')
    },
  )

  it.each(['Perceptive Points', 'Forty Mail', 'Payroll'])('is nobody’s business: %s', (name) => {
    expect(propose({ apps: [app({}, name)] })).toEqual([])
  })
})

describe('before an app is deleted', () => {
  const planned = propose({ named: [appId], decisions: { deleteApp: true } })
  const changes = planned.map(({ id, kind, name, detail, object: { guid } }) => ({
    id,
    step: step.id,
    system: step.system,
    kind,
    action: 'remove' as const,
    name,
    detail,
    reason: '',
    object: { guid, name },
    restsOn: 'object' as const,
    before: { appId },
    fingerprint: '',
    undo: { calls: [] },
  }))
  const context = { footprint: buildFootprint(['eu']), decisions: noDecisions }
  const check = (roles: readonly TenantObject[]) =>
    step.guard?.check((kind) => (kind === 'app-role-assignment' ? roles : [consent]), changes, context)

  it('all its rights must have been planned', () => {
    expect(check([role, strangeRole])).toEqual([])
    const unplanned = object('role9', 'Mail.Send (Microsoft Graph) of X', { appId })
    expect(check([role, unplanned])).toEqual([expect.stringContaining('Mail.Send')])
  })
})
