/** Which of Google's APIs a request belongs to: each has a host of its own. */
export type GoogleApi = 'admin' | 'cloudidentity'

/** What a request is for. `doctor` and the docs group the scopes by it. */
export type Purpose =
  | 'identity'
  | 'policies'
  | 'places'
  | 'audit'
  | 'tokens'
  | 'remove-tokens'
  | 'write-policies'

/** A request that the adapter makes, and the scope that the caller must have for it. */
export interface GoogleRequest {
  readonly api: GoogleApi
  readonly method: 'GET' | 'PATCH' | 'DELETE'
  /** A `{id}` stands for one segment. */
  readonly path: string
  readonly purpose: Purpose
  /** The least scope. Delegation must list it letter by letter: there no broader one does instead. */
  readonly scope: string
  /** Broader scopes that the API takes as well, of a person who consented or of a token that was given. */
  readonly broader: readonly string[]
  readonly documentation: string
}

function scope(name: string): string {
  return `https://www.googleapis.com/auth/${name}`
}

const policyPages = 'https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies'
const directoryPages = 'https://developers.google.com/workspace/admin/directory/reference/rest/v1'

const readPolicies = {
  api: 'cloudidentity',
  purpose: 'policies',
  scope: scope('cloud-identity.policies.readonly'),
  broader: [scope('cloud-identity.policies')],
} as const

const security = scope('admin.directory.user.security')

/** All requests that the adapter makes. The wire lets no other pass. */
export const requests: readonly GoogleRequest[] = [
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/directory/v1/customers/{id}',
    purpose: 'identity',
    scope: scope('admin.directory.customer.readonly'),
    broader: [scope('admin.directory.customer')],
    documentation: `${directoryPages}/customers/get`,
  },
  { ...readPolicies, method: 'GET', path: '/v1/policies', documentation: `${policyPages}/list` },
  { ...readPolicies, method: 'GET', path: '/v1/policies/{id}', documentation: `${policyPages}/get` },
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/directory/v1/customer/{id}/orgunits',
    purpose: 'places',
    scope: scope('admin.directory.orgunit.readonly'),
    broader: [scope('admin.directory.orgunit')],
    documentation: `${directoryPages}/orgunits/list`,
  },
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/directory/v1/groups',
    purpose: 'places',
    scope: scope('admin.directory.group.readonly'),
    broader: [scope('admin.directory.group')],
    documentation: `${directoryPages}/groups/list`,
  },
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/reports/v1/activity/users/{id}/applications/{id}',
    purpose: 'audit',
    scope: scope('admin.reports.audit.readonly'),
    broader: [],
    documentation: 'https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list',
  },
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/directory/v1/users',
    purpose: 'tokens',
    scope: scope('admin.directory.user.readonly'),
    broader: [scope('admin.directory.user')],
    documentation: `${directoryPages}/users/list`,
  },
  {
    api: 'admin',
    method: 'GET',
    path: '/admin/directory/v1/users/{id}/tokens',
    purpose: 'tokens',
    scope: security,
    broader: [],
    documentation: `${directoryPages}/tokens/list`,
  },
  {
    api: 'admin',
    method: 'DELETE',
    path: '/admin/directory/v1/users/{id}/tokens/{id}',
    purpose: 'remove-tokens',
    scope: security,
    broader: [],
    documentation: `${directoryPages}/tokens/delete`,
  },
  {
    api: 'cloudidentity',
    method: 'PATCH',
    path: '/v1/policies/{id}',
    purpose: 'write-policies',
    scope: scope('cloud-identity.policies'),
    broader: [],
    documentation: `${policyPages}/patch`,
  },
]

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('{id}', '[^/]+')}$`)
}

const patterns = requests.map((request) => ({ request, path: pattern(request.path) }))

/** The row of a request; undefined when the adapter makes no such one. */
export function requestFor(method: string, path: string): GoogleRequest | undefined {
  return patterns.find(({ request, path: form }) => request.method === method && form.test(path))?.request
}
