import type { RestoreProcedure, Step, SurveyRead } from '../../model/platform.ts'

/** The reverse: the app, then its rights, then its state. */
export const appRestoreSteps: readonly Step[] = [
  {
    id: 'app',
    title: 'Restore the remediation app',
    kind: 'create',
    system: 'graph',
    kinds: ['service-principal'],
    permissions: ['Application.ReadWrite.All'],
  },
  {
    id: 'app-rights',
    title: 'Grant its rights again',
    kind: 'create',
    system: 'graph',
    kinds: ['app-role-assignment', 'delegated-grant'],
    permissions: ['AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
  },
  {
    id: 'remediation-app',
    title: 'Enable the remediation app',
    kind: 'edit',
    system: 'graph',
    kinds: ['service-principal'],
    permissions: ['Application.ReadWrite.All'],
    propose: () => [],
  },
]

export const appRestoreReads: readonly SurveyRead[] = [
  'service-principal',
  'app-role-assignment',
  'delegated-grant',
].map((kind) => ({ system: 'graph', kind, required: true }))

export const appCreateSteps: RestoreProcedure['createSteps'] = {
  'service-principal': 'app',
  'app-role-assignment': 'app-rights',
  'delegated-grant': 'app-rights',
}
