import { describe, expect, it } from 'vitest'
import { childEnvironment } from './environment.ts'

describe('a child', () => {
  it.each([
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PASSWORD',
    'AZURE_FEDERATED_TOKEN_FILE',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GITHUB_TOKEN',
    'DB_PASSWORD',
    'NODE_OPTIONS',
    'NODE_POWERSHELL',
    'OFFBOARD_EXCHANGE_TOKEN',
    'OFFBOARD_DATABASE_URL',
    'my_secret',
  ])('inherits no %s', (name) => {
    expect(childEnvironment({ [name]: 'canary' })).not.toHaveProperty(name)
  })

  it.each([
    'PATH',
    'HOME',
    'PSModulePath',
    'OFFBOARD_EXCHANGE_URL',
    'HTTPS_PROXY',
    'SystemRoot',
    'TMPDIR',
    'LANG',
  ])('inherits %s', (name) => {
    expect(childEnvironment({ [name]: 'value' })).toHaveProperty(name, 'value')
  })

  it('writes no colours and reports to nobody', () => {
    expect(childEnvironment({ NO_COLOR: undefined })).toEqual({
      NO_COLOR: '1',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      POWERSHELL_UPDATECHECK: 'Off',
    })
  })
})
