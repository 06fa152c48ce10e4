import * as z from 'zod'
import { dnsVariables } from './dns-variables.ts'
import { guid, secretText, text, token, url, urlWithQuery } from './values.ts'
import { type Variable, variable, variableOf } from './variable.ts'

const general = 'Tenant, state and journal'
const entra = 'Microsoft 365 credentials (choose one set; see --auth)'
const tokens = 'Tokens, with --auth token'
const google = 'Google Workspace credentials'
const vendor = "The vendor's console"
const endpoints = 'Endpoints and programs'
const github = 'Set by GitHub Actions for a job with the permission id-token: write'

/** All names that the program reads, with the form of their values. `.env.example` is made from it. */
export const environmentSchema = z.object({
  OFFBOARD_TENANT: variable(text, {
    group: general,
    kind: 'identifier',
    meaning:
      'The tenant: its id or a verified domain; of Google the customer id or primary domain. --tenant wins.',
  }),
  OFFBOARD_STATE_DIR: variable(text, {
    group: general,
    kind: 'setting',
    meaning: 'The folder of journal and backups. --state-dir wins.',
  }),
  OFFBOARD_DATABASE_URL: variable(secretText, {
    group: general,
    kind: 'secret',
    meaning: 'PostgreSQL as the journal of a fleet: postgres://… --database-url wins.',
  }),
  AZURE_TENANT_ID: variable(text, {
    group: entra,
    kind: 'identifier',
    meaning: "The credential's home tenant. Never the tenant that is worked on.",
  }),
  AZURE_CLIENT_ID: variable(guid, {
    group: entra,
    kind: 'identifier',
    meaning: 'The application (client) id; for a managed identity, the user-assigned one.',
  }),
  AZURE_CLIENT_CERTIFICATE_PATH: variable(text, {
    group: entra,
    kind: 'setting',
    meaning: 'certificate: a PEM file with the certificate and its private key.',
  }),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: variable(secretText, {
    group: entra,
    kind: 'secret',
    meaning: 'certificate: the password of the private key, when it has one.',
  }),
  AZURE_CLIENT_SECRET: variable(secretText, {
    group: entra,
    kind: 'secret',
    meaning: "secret: the value of a client secret, not the secret's id.",
  }),
  AZURE_FEDERATED_TOKEN_FILE: variable(text, {
    group: entra,
    kind: 'setting',
    meaning: 'federated: a file with a token of another identity provider.',
  }),
  OFFBOARD_EXCHANGE_TOKEN: variable(token, {
    group: tokens,
    kind: 'secret',
    meaning: 'An access token for Exchange Online.',
  }),
  OFFBOARD_GRAPH_TOKEN: variable(token, {
    group: tokens,
    kind: 'secret',
    meaning: 'An access token for Microsoft Graph.',
  }),
  OFFBOARD_AZURE_TOKEN: variable(token, {
    group: tokens,
    kind: 'secret',
    meaning: 'An access token for Azure Resource Manager, which holds Azure DNS.',
  }),
  OFFBOARD_GOOGLE_TOKEN: variable(token, {
    group: tokens,
    kind: 'secret',
    meaning: 'An access token for the Google APIs.',
  }),
  GOOGLE_APPLICATION_CREDENTIALS: variable(text, {
    group: google,
    kind: 'setting',
    meaning: 'The JSON key of a service account, or the file of an administrator who signed in.',
  }),
  OFFBOARD_GOOGLE_SUBJECT: variable(text, {
    group: google,
    kind: 'identifier',
    meaning: 'The super administrator for whom the service account acts.',
  }),
  OFFBOARD_XRAY_TOKEN: variable(token, {
    group: vendor,
    kind: 'secret',
    meaning: 'A token for reading from its API.',
  }),
  OFFBOARD_XRAY_ORGANIZATION: variable(text, {
    group: vendor,
    kind: 'identifier',
    meaning: "The organization's id there.",
  }),
  ...dnsVariables,
  OFFBOARD_EXCHANGE_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'Exchange Online.',
    service: 'exchange',
  }),
  OFFBOARD_GRAPH_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'Microsoft Graph.',
    service: 'graph',
  }),
  OFFBOARD_LOGIN_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'Microsoft Entra sign-in.',
    service: 'login',
  }),
  OFFBOARD_GOOGLE_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'The root of every Google API, and of its sign-in (/token).',
    service: 'google',
  }),
  OFFBOARD_XRAY_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: "The vendor's API.",
    service: 'xray',
  }),
  OFFBOARD_AZURE_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'Azure Resource Manager, for Azure DNS.',
    service: 'azure',
  }),
  CLOUDFLARE_BASE_URL: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'The API of Cloudflare.',
    service: 'cloudflare',
  }),
  AWS_ENDPOINT_URL_ROUTE_53: variable(url, {
    group: endpoints,
    kind: 'endpoint',
    meaning: 'Route 53.',
    service: 'aws',
  }),
  OFFBOARD_PWSH: variable(text, { group: endpoints, kind: 'program', meaning: 'The PowerShell program.' }),
  ACTIONS_ID_TOKEN_REQUEST_URL: variable(urlWithQuery, {
    group: github,
    kind: 'endpoint',
    meaning: 'federated: where the job gets its identity token.',
    service: 'github',
  }),
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: variable(token, {
    group: github,
    kind: 'secret',
    meaning: 'federated: what the job shows to get it.',
  }),
})

export type Environment = Readonly<z.output<typeof environmentSchema>>
export type VariableName = keyof Environment

/** All variables by name, in the order of the table. */
export const variables: ReadonlyMap<string, Variable> = new Map(
  Object.entries(environmentSchema.shape).flatMap(([name, schema]) => {
    const variable = variableOf(schema)
    return variable === undefined ? [] : [[name, variable]]
  }),
)
