/**
 * How an administrator would look for the vendor's app: the directory's domains, one list of the directory's apps, and each that bears one of
 * the vendor's names read whole, with its rights and what the API that they are on calls them.
 */
type Row = Readonly<Record<string, unknown>>

export interface DirectoryTarget {
  readonly graphUrl: string
  /** A token for Microsoft Graph. */
  token(): Promise<string>
  readonly tenantId: string
}

const vendorName = /perception ?point|fortimail|acronis/i

async function answered(response: Response): Promise<Row> {
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw new Error(`${response.url}: ${response.status} ${text}`)
}

function rowsOf({ value }: Row): readonly Row[] {
  return Array.isArray(value) ? value : []
}

type Get = (path: string) => Promise<Row>

async function readApp(get: Get, id: string, api: (id: string) => Promise<Row>): Promise<void> {
  const [, roles, grants] = await Promise.all([
    get(`/servicePrincipals/${id}`),
    get(`/servicePrincipals/${id}/appRoleAssignments`),
    get(`/oauth2PermissionGrants?$filter=${encodeURIComponent(`clientId eq '${id}'`)}`),
  ])
  await Promise.all([...rowsOf(roles), ...rowsOf(grants)].map(({ resourceId }) => api(String(resourceId))))
}

/** Answers what reads the apps; the first time it makes sure that the directory is the tenant's. */
export function appsReader({ graphUrl, token, tenantId }: DirectoryTarget): () => Promise<void> {
  const apis = new Map<string, Promise<Row>>()
  let proven = false
  return async () => {
    const headers = { authorization: `Bearer ${await token()}` }
    const get: Get = async (path) => answered(await fetch(`${graphUrl}/v1.0${path}`, { headers }))
    if (!proven) {
      const [organization] = rowsOf(await get('/organization'))
      if (organization?.id !== tenantId) throw new Error('another directory')
      proven = true
    }
    const api = (id: string) => {
      const asked = apis.get(id) ?? get(`/servicePrincipals/${id}?$select=id,displayName,appRoles`)
      apis.set(id, asked)
      return asked
    }
    const [all] = await Promise.all([
      get('/servicePrincipals?$select=id,appId,displayName&$top=999'),
      get('/domains'),
    ])
    const named = rowsOf(all).filter(({ displayName }) => vendorName.test(String(displayName)))
    await Promise.all(named.map(({ id }) => readApp(get, String(id), api)))
  }
}
