/** Who reads the simulated Google customer, and the ids that the vendor has there. All of them are made up. */
export const googleAccount = {
  customerId: 'C03az79cb',
  /** The customer's primary domain. */
  domain: 'contoso.com',
  /** The super administrator on whose behalf the service account acts. */
  subject: 'admin@contoso.com',
  serviceAccount: 'offboard@contoso-offboarding.iam.gserviceaccount.com',
  /** By which the service account stands in the list of delegation clients. */
  serviceAccountClientId: '108214563309117742655',
  projectNumber: '618033988749',
  /** Of an OAuth client to which the super administrator consented. */
  oauthClientId: '618033988749-offboard.apps.googleusercontent.com',
  refreshToken: '1//sandbox-refresh-token',
} as const

/** What the vendor has at the customer: none of its real ids is published. */
export const googleVendor = {
  /** Of its delegation client. */
  clientId: '104957120386611093472',
  clientName: 'Perception Point',
  /** Of the app to which single users consented. */
  appId: '730459112846-xrayscanner.apps.googleusercontent.com',
  appName: 'Perception Point X-Ray',
  ruleName: 'Perception Point Redirect Rule',
  hostName: 'Perception Point Scanner',
  headerRegexp: 'X-PERCEPTION-POINT-SPAM: FAIL',
} as const
