import { googleScopes as scope } from './scopes.ts'

const directory = 'https://developers.google.com/workspace/admin/directory/reference/rest/v1'
const policies = 'https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies'

/** A request that Google's APIs know here, and what it takes. */
export interface GoogleOperation {
  /** By which it is counted, and failed: the method and the resource. */
  readonly name: string
  readonly api: 'cloudidentity' | 'reports' | 'directory'
  /** One of them is needed; none stands for another. */
  readonly scopes: readonly string[]
  /** Who must be acted for. */
  readonly role: 'super-administrator' | 'administrator'
  /** Where scopes and role are published. */
  readonly page: string
}

/** All that the sandbox's Google answers to: method and path, a name in braces for any one segment. */
export const googleOperations = {
  'GET /v1/policies': {
    name: 'GET policies',
    api: 'cloudidentity',
    scopes: [scope.policiesReadonly, scope.policies],
    role: 'super-administrator',
    page: `${policies}/list`,
  },
  'GET /v1/policies/{policy}': {
    name: 'GET policies',
    api: 'cloudidentity',
    scopes: [scope.policiesReadonly, scope.policies],
    role: 'super-administrator',
    page: `${policies}/get`,
  },
  'PATCH /v1/policies/{policy}': {
    name: 'PATCH policies',
    api: 'cloudidentity',
    scopes: [scope.policies],
    role: 'super-administrator',
    page: `${policies}/patch`,
  },
  'GET /admin/reports/v1/activity/users/{user}/applications/{application}': {
    name: 'GET activities',
    api: 'reports',
    scopes: [scope.audit],
    role: 'administrator',
    page: 'https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list',
  },
  'GET /admin/directory/v1/customers/{customer}': {
    name: 'GET customers',
    api: 'directory',
    scopes: [scope.customerReadonly, scope.customer],
    role: 'administrator',
    page: `${directory}/customers/get`,
  },
  'GET /admin/directory/v1/customer/{customer}/orgunits': {
    name: 'GET orgunits',
    api: 'directory',
    scopes: [scope.orgUnitReadonly, scope.orgUnit],
    role: 'administrator',
    page: `${directory}/orgunits/list`,
  },
  'GET /admin/directory/v1/groups': {
    name: 'GET groups',
    api: 'directory',
    scopes: [scope.groupReadonly, scope.group],
    role: 'administrator',
    page: `${directory}/groups/list`,
  },
  'GET /admin/directory/v1/users': {
    name: 'GET users',
    api: 'directory',
    scopes: [scope.userReadonly, scope.user],
    role: 'administrator',
    page: `${directory}/users/list`,
  },
  'GET /admin/directory/v1/users/{user}': {
    name: 'GET users',
    api: 'directory',
    scopes: [scope.userReadonly, scope.user],
    role: 'administrator',
    page: `${directory}/users/get`,
  },
  'GET /admin/directory/v1/users/{user}/tokens': {
    name: 'GET tokens',
    api: 'directory',
    scopes: [scope.userSecurity],
    role: 'administrator',
    page: `${directory}/tokens/list`,
  },
  'GET /admin/directory/v1/users/{user}/tokens/{client}': {
    name: 'GET tokens',
    api: 'directory',
    scopes: [scope.userSecurity],
    role: 'administrator',
    page: `${directory}/tokens/get`,
  },
  'DELETE /admin/directory/v1/users/{user}/tokens/{client}': {
    name: 'DELETE tokens',
    api: 'directory',
    scopes: [scope.userSecurity],
    role: 'administrator',
    page: `${directory}/tokens/delete`,
  },
} as const satisfies Readonly<Record<string, GoogleOperation>>

export type GoogleOperationKey = keyof typeof googleOperations
