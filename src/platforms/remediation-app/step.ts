import { matchApp } from '../../footprint/match/app.ts'
import { flag, text } from '../../footprint/properties.ts'
import { changeId } from '../../model/name.ts'
import type { Change } from '../../model/plan.ts'
import type { EditStep, Proposal, ProposalContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { objectsOf } from '../objects.ts'
import { consentInWords, consentsOf, rightsInWords, roleInWords, rolesOf } from './rights.ts'

const stepId = 'remediation-app'

function publisher(app: TenantObject): string {
  const { verifiedPublisher } = app.properties
  const verified =
    verifiedPublisher !== null && typeof verifiedPublisher === 'object' && 'displayName' in verifiedPublisher
      ? verifiedPublisher.displayName
      : undefined
  if (typeof verified === 'string' && verified !== '') return `verified publisher ${verified}`
  const stated = text(app, 'publisherName')
  return stated === undefined ? 'no publisher' : `publisher ${stated}, not verified`
}

function describe(app: TenantObject, context: ProposalContext): string {
  const state = flag(app, 'accountEnabled') ? 'enabled' : 'disabled'
  return `application ${text(app, 'appId') ?? '?'}, ${publisher(app)}, ${state}; ${rightsInWords(app, context)}`
}

function about(app: TenantObject, context: ProposalContext) {
  return {
    id: changeId('app', text(app, 'appId') ?? app.guid),
    kind: 'service-principal',
    name: app.name,
    object: app,
    verdict: matchApp(app, context.footprint),
  }
}

function disabling(app: TenantObject, context: ProposalContext): Proposal {
  return {
    ...about(app, context),
    detail: describe(app, context),
    edit: { kind: 'set', property: 'accountEnabled', from: true, to: false },
    restsOn: 'edit',
  }
}

function deletion(app: TenantObject, context: ProposalContext): Proposal {
  const back =
    'it can be restored for 30 days; later it is added anew with another object id, and what users set in it does not come back'
  return { ...about(app, context), detail: `${describe(app, context)}. Deleted: ${back}`, restsOn: 'object' }
}

function right(kind: string, detail: string, object: TenantObject, app: TenantObject): Proposal {
  return {
    id: changeId('grant', object.guid),
    kind,
    name: object.name,
    detail,
    object,
    restsOn: 'object',
    verdict: { is: 'vendor', reason: `it is a right of "${app.name}"` },
  }
}

/** Taking away all that an app may do, each a change of its own, so that each is saved. */
function revocations(app: TenantObject, context: ProposalContext): readonly Proposal[] {
  return [
    ...rolesOf(app, context).map((role) => right('app-role-assignment', roleInWords(role), role, app)),
    ...consentsOf(app, context).map((grant) => right('delegated-grant', consentInWords(grant), grant, app)),
  ]
}

/**
 * What becomes of one app: disabled, and as the operator decides its rights taken away, or it deleted after them.
 * When a right of it is kept, it is kept too, and disabled.
 */
function proposals(app: TenantObject, context: ProposalContext): readonly Proposal[] {
  const { deleteApp, revokeGrants } = context.decisions
  const removal = deleteApp ? deletion(app, context) : undefined
  const disabled = flag(app, 'accountEnabled') ? [disabling(app, context)] : []
  const decided = removal ?? disabling(app, context)
  const isTaken = context.taken([decided]).length > 0
  const rights = isTaken && (deleteApp || revokeGrants) ? revocations(app, context) : []
  const isWhole = context.taken(rights).length === rights.length
  if (removal !== undefined && isWhole) return [...rights, removal]
  return [...disabled, ...rights]
}

function isDeletion({ kind, action }: Change): boolean {
  return kind === 'service-principal' && action === 'remove'
}

/** With an app its rights go unseen: those that were not planned, and so not saved, speak against it. */
const noUnsavedRights: StepGuard = {
  kinds: ['app-role-assignment', 'delegated-grant', 'service-principal'],
  check(objects, changes) {
    const planned = new Set(changes.map(({ object }) => object.guid))
    const deleted = changes.filter(isDeletion)
    const apps = new Set(deleted.map(({ before }) => before.appId))
    return [...objects('app-role-assignment'), ...objects('delegated-grant')]
      .filter(({ guid, properties }) => apps.has(properties.appId ?? null) && !planned.has(guid))
      .map(({ name }) => `the app that is to be deleted holds a right that was not planned: ${name}`)
  },
}

/**
 * Disables the vendor's remediation app, which may read and delete mail until then. It comes after the console's
 * "Deactivate": an app that is gone first leaves the vendor without the means to end its own subscriptions.
 */
export function remediationApp(before: readonly string[]): EditStep {
  return {
    id: stepId,
    title: 'Disable the remediation app',
    kind: 'edit',
    system: 'graph',
    kinds: ['service-principal', 'app-role-assignment', 'delegated-grant'],
    after: [...before, 'vendor-console'],
    waivers: { 'vendor-console': 'app-before-console' },
    guard: noUnsavedRights,
    independent: (change) => !isDeletion(change),
    permissions: ['Application.ReadWrite.All'],
    propose: (context) =>
      objectsOf('service-principal', context)
        .filter((app) => matchApp(app, context.footprint).is !== 'other')
        .flatMap((app) => proposals(app, context)),
  }
}
