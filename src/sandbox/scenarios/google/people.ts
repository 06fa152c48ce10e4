import { googleAccount, googleVendor } from '../../google/account.ts'
import { googleScopes } from '../../google/scopes.ts'
import type { DelegationClient, GoogleUser, UserToken } from '../../tenant/google.ts'
import { numberId, type OrgUnitPath } from './ids.ts'

const day = 24 * 60 * 60_000
const mail = 'https://mail.google.com/'

const vendorToken: UserToken = {
  clientId: googleVendor.appId,
  displayText: googleVendor.appName,
  scopes: [mail, 'https://www.googleapis.com/auth/userinfo.email', 'openid'],
}

const crm: UserToken = {
  clientId: '552170983341-crm.apps.googleusercontent.com',
  displayText: 'Adatum CRM',
  scopes: ['https://www.googleapis.com/auth/calendar'],
}

/** An app with a name like the vendor's. */
const survey: UserToken = {
  clientId: '884410277612-survey.apps.googleusercontent.com',
  displayText: 'Perception Points Survey',
  scopes: ['openid'],
}

interface Person {
  readonly unit?: OrgUnitPath
  readonly tokens?: readonly UserToken[]
  readonly isAdmin?: boolean
  readonly isDelegatedAdmin?: boolean
  readonly suspended?: boolean
}

export function person(name: string, address: string, more: Person = {}): GoogleUser {
  const primaryEmail = `${address}@${googleAccount.domain}`
  const { unit = '/', tokens = [], isAdmin = false, isDelegatedAdmin = false, suspended = false } = more
  const id = numberId(`user ${primaryEmail}`)
  return { id, primaryEmail, fullName: name, orgUnitPath: unit, isAdmin, isDelegatedAdmin, suspended, tokens }
}

export const people: readonly GoogleUser[] = [
  person('Ada Administrator', 'admin', { isAdmin: true, tokens: [vendorToken] }),
  person('Hugo Helpdesk', 'helpdesk', { isDelegatedAdmin: true }),
  person('Sara Sales', 'sara', { unit: '/Sales', tokens: [vendorToken, crm] }),
  person('Emil Emea', 'emil', { unit: '/Sales/EMEA', tokens: [crm] }),
  person('Fiona Finance', 'fiona', { unit: '/Finance', tokens: [survey] }),
  person('Carl Contractor', 'carl', { unit: '/Contractors' }),
  person('Petra Past', 'petra', { tokens: [vendorToken], suspended: true }),
]

/** All that this program needs, for everything that it does. */
export const ownScopes: readonly string[] = [
  googleScopes.policiesReadonly,
  googleScopes.policies,
  googleScopes.audit,
  googleScopes.customerReadonly,
  googleScopes.orgUnitReadonly,
  googleScopes.groupReadonly,
  googleScopes.userReadonly,
  googleScopes.userSecurity,
]

export function delegationClients(now: number): readonly DelegationClient[] {
  return [
    {
      clientId: googleVendor.clientId,
      name: googleVendor.clientName,
      scopes: [mail, googleScopes.userReadonly, googleScopes.groupReadonly],
      authorizedAt: now - 120 * day,
      everyMs: day / 24,
    },
    {
      clientId: '117530928844106625913',
      name: 'Adatum Backup',
      scopes: [mail, 'https://www.googleapis.com/auth/drive.readonly'],
      authorizedAt: now - 400 * day,
      everyMs: day,
    },
    {
      clientId: '112094457301188263047',
      name: 'Perception Signage',
      scopes: ['https://www.googleapis.com/auth/calendar.readonly'],
      authorizedAt: now - 90 * day,
      everyMs: day,
    },
    {
      clientId: googleAccount.serviceAccountClientId,
      name: 'offboard',
      scopes: ownScopes,
      authorizedAt: now - day,
      everyMs: 7 * day,
    },
  ]
}
