import { readAccessToken } from '../../google/access-token.ts'
import { header, type Incoming } from '../../http.ts'
import { CloudDnsRefusal, notFound } from './errors.ts'

/** The project that holds the sandbox's zones. */
export const cloudDnsProject = 'contoso-offboarding'

const root = 'https://www.googleapis.com/auth/'
const writeScopes = [`${root}ndev.clouddns.readwrite`, `${root}cloud-platform`]
const readScopes = [...writeScopes, `${root}ndev.clouddns.readonly`, `${root}cloud-platform.read-only`]

/** Throws a CloudDnsRefusal when the token does not allow the request, or the project is not there. */
export function admitCloudDns(request: Incoming, project: string): void {
  const [, token] = /^Bearer (\S+)$/.exec(header(request, 'authorization')) ?? []
  const claims = token === undefined ? undefined : readAccessToken(token)
  if (claims === undefined)
    throw new CloudDnsRefusal(401, 'authError', 'Request had invalid authentication credentials.')
  const wanted = request.method === 'GET' ? readScopes : writeScopes
  if (!wanted.some((scope) => claims.scopes.includes(scope)))
    throw new CloudDnsRefusal(
      403,
      'insufficientPermissions',
      'Request had insufficient authentication scopes.',
    )
  if (project !== cloudDnsProject) throw notFound('parameters.project', project)
}
