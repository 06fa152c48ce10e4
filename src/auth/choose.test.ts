import { expect, test } from 'vitest'
import type { Environment } from '../config/environment.ts'
import { secret } from '../config/secret.ts'
import { UsageError } from '../model/errors.ts'
import { chooseAuthMethod } from './choose.ts'
import type { AuthMethodId } from './method.ts'

const AZURE_CLIENT_ID = '11111111-2222-3333-4444-555555555555'
const AZURE_CLIENT_SECRET = secret('CANARY')
const url = new URL('https://pipelines.actions.githubusercontent.com/x')

function refused(auth: AuthMethodId | undefined, environment: Environment): string {
  try {
    chooseAuthMethod(auth, environment)
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} | ${error.hint}`
    throw error
  }
  throw new Error('was not refused')
}

test.each<[AuthMethodId, Environment]>([
  ['secret', { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET }],
  ['certificate', { AZURE_CLIENT_ID, AZURE_CLIENT_CERTIFICATE_PATH: 'a.pem' }],
  ['federated', { AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE: 'token' }],
  [
    'federated',
    { AZURE_CLIENT_ID, ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret('x') },
  ],
  ['token', { OFFBOARD_EXCHANGE_TOKEN: secret('x') }],
  ['token', { OFFBOARD_EXCHANGE_TOKEN: secret('x'), AZURE_CLIENT_SECRET }],
])('%s is found when it alone is complete', (id, environment) => {
  expect(chooseAuthMethod(undefined, environment).id).toBe(id)
})

test.each<AuthMethodId>(['managed-identity', 'device-code', 'azure-cli'])('%s needs its name only', (id) => {
  expect(chooseAuthMethod(id, { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET }).id).toBe(id)
})

test('none: what to set is listed', () => {
  const text = refused(undefined, {})
  expect(text).toContain('none are configured')
  expect(text).toContain('secret: set AZURE_CLIENT_ID and AZURE_CLIENT_SECRET')
  expect(text).toContain('device-code')
})

test('incomplete: what was found is listed', () => {
  expect(refused(undefined, { AZURE_CLIENT_SECRET })).toContain('found only AZURE_CLIENT_SECRET |')
})

test('several: they are listed, without their values', () => {
  const text = refused(undefined, {
    AZURE_CLIENT_ID,
    AZURE_CLIENT_SECRET,
    OFFBOARD_EXCHANGE_TOKEN: secret('CANARY'),
  })
  expect(text).toContain('secret, token')
  expect(text).toContain('--auth secret, --auth token')
  expect(text).not.toContain('CANARY')
})

test('a named method that lacks a variable says which', () => {
  expect(refused('secret', { AZURE_CLIENT_SECRET })).toContain('--auth secret: not set: AZURE_CLIENT_ID')
  expect(refused('federated', { AZURE_CLIENT_ID })).toContain(
    'AZURE_FEDERATED_TOKEN_FILE; or ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  )
})
