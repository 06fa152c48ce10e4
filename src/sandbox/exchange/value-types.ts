import type { Json, JsonObject } from '../../model/json.ts'

/** What a value must be to be bound to a parameter; answers the bound value, or undefined when it cannot be. */
type Convert = (value: Json) => Json | undefined

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

const text: Convert = (value) => (typeof value === 'string' ? value : undefined)
const boolean: Convert = (value) => (typeof value === 'boolean' ? value : undefined)

function integer(least: number, most: number): Convert {
  return (value) => {
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
    return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most
      ? number
      : undefined
  }
}

function oneOf(...names: readonly string[]): Convert {
  return (value) =>
    typeof value === 'string' ? names.find((name) => name.toLowerCase() === value.toLowerCase()) : undefined
}

const list: Convert = (value) => {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined
}

/** A change to a list. Without its type mark the service sees an object that it cannot bind. */
const multiValued: Convert = (value) => {
  if (!isObject(value)) return list(value)
  if (value['@odata.type'] !== '#Exchange.GenericHashTable') return undefined
  const entries = Object.entries(value).filter(([key]) => key !== '@odata.type')
  const bound = entries.map(([key, entry]) => [key.toLowerCase(), list(entry)] as const)
  if (bound.some(([key, entry]) => !['add', 'remove'].includes(key) || entry === undefined)) return undefined
  return Object.fromEntries(bound.map(([key, entry]) => [key, entry ?? []]))
}

const date: Convert = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined

const guid: Convert = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined

const size: Convert = (value) => {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined
  return typeof value === 'string' && /^\d+(\.\d+)?\s*([KMGT]?B)?(\s*\([\d,]+ bytes\))?$/i.test(value)
    ? value
    : undefined
}

const count: Convert = (value) =>
  typeof value === 'string' && value.toLowerCase() === 'unlimited'
    ? 'Unlimited'
    : integer(1, 2_147_483_647)(value)

const converters: Readonly<Record<string, Convert>> = {
  String: text,
  Boolean: boolean,
  SwitchParameter: boolean,
  Int32: integer(-2_147_483_648, 2_147_483_647),
  SclValue: integer(-1, 9),
  Unlimited: count,
  DateTime: date,
  Guid: guid,
  ByteQuantifiedSize: size,
  MultiValuedProperty: multiValued,
  'Hashtable[]': (value) => value,
  RuleState: oneOf('Enabled', 'Disabled'),
  RuleMode: oneOf('Audit', 'AuditAndNotify', 'Enforce'),
  RuleErrorAction: oneOf('Ignore', 'Defer'),
  RuleSubType: oneOf('None', 'Dlp'),
  FromUserScope: oneOf('InOrganization', 'NotInOrganization'),
  ToUserScope: oneOf('InOrganization', 'NotInOrganization', 'ExternalPartner', 'ExternalNonPartner'),
  SenderAddressLocation: oneOf('Header', 'Envelope', 'HeaderOrEnvelope'),
  RecipientAddressType: oneOf('Original', 'Resolved'),
  Importance: oneOf('Low', 'Normal', 'High'),
  AddedRecipientType: oneOf('To', 'Cc', 'Bcc', 'Redirect'),
  DisclaimerLocation: oneOf('Append', 'Prepend'),
  DisclaimerFallbackAction: oneOf('Wrap', 'Ignore', 'Reject'),
  TenantConnectorType: oneOf('OnPremises', 'Partner'),
  TenantConnectorSource: oneOf('Default', 'Migrated', 'HybridWizard'),
  TlsAuthLevel: oneOf('EncryptionOnly', 'CertificateValidation', 'DomainValidation'),
  MtaStsMode: oneOf('Opportunistic', 'None'),
  SmtpDaneMode: oneOf('Opportunistic', 'Mandatory', 'None'),
  ListType: oneOf('Sender', 'Url', 'FileHash', 'IP'),
}

/** Converts a value for a parameter of this type; undefined when it does not fit. null, which clears, always does. */
export function convertValue(type: string, value: Json): Json | undefined {
  if (value === null) return null
  const convert = converters[type] ?? (type.endsWith('[]') ? list : text)
  return convert(value)
}
