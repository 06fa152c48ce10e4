import type { Json, JsonObject } from '../../model/json.ts'
import { guidOf } from '../tenant/ids.ts'
import type { Kind, SandboxState, StoredObject } from '../tenant/state.ts'
import { describeRule } from './rule-shape.ts'
import { shapes } from './shapes.ts'

const containers: Partial<Record<Kind, string>> = {
  'transport-rule': 'CN=TransportVersioned,CN=Rules,',
  'connection-filter-policy': 'CN=Hosted Connection Filter,',
}

const schemaClasses: Partial<Record<Kind, string>> = {
  'inbound-connector': 'ms-Exch-SMTP-Inbound-Connector',
  'outbound-connector': 'ms-Exch-SMTP-Outbound-Connector',
  'connection-filter-policy': 'ms-Exch-Hosted-Connection-Filter-Policy',
}

const forest = 'NAMPR00A000.PROD.OUTLOOK.COM'

/** Dates as the service writes them: seven digits behind the point. */
function dates(at: string): { local: string; utc: string } {
  const seconds = at.slice(0, 19)
  return { local: `${seconds}.0000000+00:00`, utc: `${seconds}.0000000Z` }
}

export function distinguishedName(state: SandboxState, kind: Kind, name: string): string {
  return `CN=${name},${containers[kind] ?? ''}CN=Transport Settings,CN=Configuration,CN=${state.tenant.domain},CN=ConfigurationUnits,DC=NAMPR00A000,DC=PROD,DC=OUTLOOK,DC=COM`
}

/** What is worked out for every object; only the properties that its kind has are shown. */
function derived(state: SandboxState, kind: Kind, object: StoredObject, position: number): JsonObject {
  const changed = dates(object.changedAt)
  const created = dates(object.createdAt)
  return {
    Name: object.name,
    Identity: object.name,
    Id: object.name,
    Guid: object.guid,
    ImmutableId: object.guid,
    ExchangeObjectId: object.guid,
    NameHashGuid: guidOf(`name ${object.name}`),
    DistinguishedName: distinguishedName(state, kind, object.name),
    OrganizationId: `${forest}/Microsoft Exchange Hosted Organizations/${state.tenant.domain} - ${forest}/ConfigurationUnits/${state.tenant.domain}/Configuration`,
    OrganizationalUnitRoot: state.tenant.domain,
    OrganizationalUnitRootInternal: state.tenant.domain,
    OriginatingServer: `DC01.${forest}`,
    ObjectCategory: `${forest}/Configuration/Schema/${schemaClasses[kind] ?? 'ms-Exch-Configuration'}`,
    WhenChanged: changed.local,
    WhenCreated: created.local,
    WhenChangedUTC: changed.utc,
    WhenCreatedUTC: created.utc,
    Priority: position,
    ...(kind === 'transport-rule' ? describeRule(object.properties) : {}),
  }
}

/** An object as the service shows it, all its properties, without the marks of the wire. */
export function present(state: SandboxState, kind: Kind, object: StoredObject, position: number): JsonObject {
  const shape = shapes[kind]
  const worked = derived(state, kind, object, position)
  const shown: Record<string, Json> = {}
  for (const name of Object.keys(shape))
    shown[name] = object.properties[name] ?? worked[name] ?? shape[name] ?? null
  return shown
}

function mark(row: Record<string, Json>, name: string, value: Json): void {
  if (Array.isArray(value)) row[`${name}@odata.type`] = '#Collection(String)'
  else if (typeof value === 'number') row[`${name}@data.type`] = 'System.Int32'
  else if (typeof value === 'string' && isDate(name)) row[`${name}@data.type`] = 'System.DateTime'
}

function isDate(name: string): boolean {
  return name.startsWith('When') || name === 'Received' || name.endsWith('Date') || name.endsWith('Timestamp')
}

/** A row of an answer, with the type marks that the service puts before properties. */
export function withMarks(row: JsonObject): JsonObject {
  const marked: Record<string, Json> = {}
  for (const [name, value] of Object.entries(row)) {
    mark(marked, name, value)
    marked[name] = value
  }
  return marked
}
