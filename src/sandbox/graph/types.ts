import type { JsonObject } from '../../model/json.ts'
import type { DirectoryObject } from '../tenant/directory.ts'
import type { QueryType } from './query.ts'

/** A type of Graph: what an object of it has besides what is kept of it. */
export interface GraphType extends QueryType {
  readonly defaults: JsonObject
}

function graphType(name: string, defaults: JsonObject, filterable: readonly string[]): GraphType {
  return { name: `microsoft.graph.${name}`, properties: Object.keys(defaults), filterable, defaults }
}

/** The properties of v1.0: https://learn.microsoft.com/graph/api/resources/serviceprincipal. */
export const servicePrincipalType = graphType(
  'servicePrincipal',
  {
    id: '',
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: null,
    appDescription: null,
    appId: '',
    applicationTemplateId: null,
    appOwnerOrganizationId: null,
    appRoleAssignmentRequired: false,
    createdDateTime: null,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: '',
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    publisherName: null,
    replyUrls: [],
    servicePrincipalNames: [],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
    tokenEncryptionKeyId: null,
    samlSingleSignOnSettings: null,
    addIns: [],
    appRoles: [],
    info: {
      logoUrl: null,
      marketingUrl: null,
      privacyStatementUrl: null,
      supportUrl: null,
      termsOfServiceUrl: null,
    },
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  },
  ['id', 'appId', 'displayName', 'accountEnabled', 'servicePrincipalType'],
)

/** https://learn.microsoft.com/graph/api/resources/approleassignment */
export const appRoleAssignmentType = graphType(
  'appRoleAssignment',
  {
    id: '',
    deletedDateTime: null,
    appRoleId: '',
    createdDateTime: null,
    principalDisplayName: null,
    principalId: '',
    principalType: 'ServicePrincipal',
    resourceDisplayName: null,
    resourceId: '',
  },
  ['principalId', 'resourceId', 'appRoleId'],
)

/** https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant */
export const grantType = graphType(
  'oAuth2PermissionGrant',
  { clientId: '', consentType: 'AllPrincipals', id: '', principalId: null, resourceId: '', scope: '' },
  ['clientId', 'consentType', 'principalId', 'resourceId'],
)

/** https://learn.microsoft.com/graph/api/resources/domain */
export const domainType = graphType(
  'domain',
  {
    id: '',
    authenticationType: 'Managed',
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: false,
    isInitial: false,
    isRoot: true,
    isVerified: true,
    manufacturer: null,
    model: null,
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: null,
    state: null,
    supportedServices: [],
  },
  ['id'],
)

/** https://learn.microsoft.com/graph/api/resources/organization */
export const organizationType = graphType(
  'organization',
  {
    id: '',
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    countryLetterCode: 'US',
    createdDateTime: '2019-05-06T08:14:03Z',
    displayName: '',
    preferredLanguage: 'en',
    technicalNotificationMails: [],
    tenantType: 'AAD',
    assignedPlans: [],
    provisionedPlans: [],
    verifiedDomains: [],
  },
  [],
)

/** An object whole, as v1.0 answers it. */
export function whole(type: GraphType, object: JsonObject): DirectoryObject {
  return { ...type.defaults, ...object, id: String(object.id) }
}
