/** What a hint may speak of. */
export interface RefusalContext {
  /** The tenant that was asked for. */
  readonly tenant: string
  readonly clientId: string
  /** Where an administrator of that tenant consents. */
  readonly consentUrl: string
}

/** An error of Entra by its AADSTS number: who must act, and how. */
export interface EntraError {
  /** `service`: nobody; it may be tried again. */
  readonly kind: 'permission' | 'usage' | 'service'
  readonly hint: (context: RefusalContext) => string
}

const consent: EntraError = {
  kind: 'permission',
  hint: ({ consentUrl }) => `An administrator of the tenant consents at ${consentUrl}`,
}
const conditionalAccess: EntraError = {
  kind: 'permission',
  hint: () =>
    'A Conditional Access policy of the tenant stands in the way; its administrator must allow this sign-in.',
}
const interaction: EntraError = {
  kind: 'permission',
  hint: () => 'This account must sign in with a person present: use --auth device-code.',
}
const trust: EntraError = {
  kind: 'permission',
  hint: ({ clientId }) =>
    `The federated credential of application ${clientId} must name the issuer, subject and audience of this token exactly.`,
}
const tooLate: EntraError = {
  kind: 'permission',
  hint: () => 'Run it again, and sign in before the code expires.',
}
const transient: EntraError = { kind: 'service', hint: () => 'The login service is busy; try again later.' }

/** Meanings: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const entraErrors: ReadonlyMap<number, EntraError> = new Map<number, EntraError>([
  [
    7000215,
    { kind: 'permission', hint: () => 'Set AZURE_CLIENT_SECRET to the value of a secret, not to its id.' },
  ],
  [7000222, { kind: 'permission', hint: () => 'The client secret has expired: make a new one.' }],
  [
    700027,
    { kind: 'permission', hint: ({ clientId }) => `Register this certificate with application ${clientId}.` },
  ],
  [
    700016,
    {
      kind: 'permission',
      hint: ({ clientId, tenant, consentUrl }) =>
        `Application ${clientId} is not known in ${tenant}. Check AZURE_CLIENT_ID and --tenant; an application of another tenant needs consent there: ${consentUrl}`,
    },
  ],
  [
    7000112,
    { kind: 'permission', hint: ({ clientId }) => `Application ${clientId} is disabled there: enable it.` },
  ],
  [
    7000218,
    {
      kind: 'permission',
      hint: ({ clientId }) =>
        `Application ${clientId} does not allow public client flows: allow them, or use another --auth.`,
    },
  ],
  [
    90002,
    {
      kind: 'usage',
      hint: ({ tenant }) => `${tenant} is no tenant of this cloud. Check --tenant and --cloud.`,
    },
  ],
  [900023, { kind: 'usage', hint: ({ tenant }) => `${tenant} is not a tenant. Check --tenant.` }],
  [65001, consent],
  [90094, consent],
  [
    500011,
    {
      kind: 'permission',
      hint: ({ tenant }) => `${tenant} has no Exchange Online, or the application may not use it.`,
    },
  ],
  [50105, { kind: 'permission', hint: ({ clientId }) => `Assign the account to application ${clientId}.` }],
  [
    50020,
    {
      kind: 'permission',
      hint: ({ tenant }) =>
        `The account does not belong to ${tenant}: delegated administration (GDAP) must reach it.`,
    },
  ],
  [50034, { kind: 'permission', hint: ({ tenant }) => `The account is not known in ${tenant}.` }],
  [50076, interaction],
  [50079, interaction],
  [50158, interaction],
  [53000, conditionalAccess],
  [53001, conditionalAccess],
  [53003, conditionalAccess],
  [53011, conditionalAccess],
  [
    700024,
    {
      kind: 'permission',
      hint: () => 'The assertion is not valid now: set the clock of this machine right.',
    },
  ],
  [50027, trust],
  [70021, trust],
  [700211, trust],
  [700212, trust],
  [700213, trust],
  [70016, tooLate],
  [70020, tooLate],
  [90033, transient],
  [50196, transient],
])
