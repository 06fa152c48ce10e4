import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import type { CloudId } from './clouds.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { variables } from './variables.ts'

interface Given {
  readonly env?: Record<string, string>
  readonly dotenv?: string
  readonly allowEndpoints?: readonly string[]
  readonly cloud?: CloudId
}

function read({ env = {}, dotenv, allowEndpoints = [], cloud = 'global' }: Given): Environment {
  using folder = temporaryFolder()
  if (dotenv !== undefined) folder.write('.env', dotenv)
  return readEnvironment({ env, cwd: folder.path, allowEndpoints, cloud })
}

function refused(given: Given): UsageError {
  try {
    read(given)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('values', () => {
  test('each is read in its own form', () => {
    const environment = read({
      env: {
        OFFBOARD_TENANT: 'contoso.com',
        AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
        AZURE_CLIENT_SECRET: 's3cret',
        OFFBOARD_SMTP_PORT: '2525',
        OFFBOARD_DNS: '127.0.0.1:5353, 192.0.2.1,[2001:db8::1]:53,2001:db8::2',
        OFFBOARD_RFC2136_SERVER: '192.0.2.1:53',
        OFFBOARD_LOGIN_URL: 'http://127.0.0.1:8080/login',
        OFFBOARD_GRAPH_URL: '',
      },
    })
    expect(environment).toMatchObject({
      OFFBOARD_TENANT: 'contoso.com',
      OFFBOARD_SMTP_PORT: 2525,
      OFFBOARD_RFC2136_SERVER: { address: '192.0.2.1', port: 53 },
      OFFBOARD_LOGIN_URL: new URL('http://127.0.0.1:8080/login'),
    })
    expect(environment.OFFBOARD_DNS).toEqual([
      { address: '127.0.0.1', port: 5353 },
      { address: '192.0.2.1' },
      { address: '2001:db8::1', port: 53 },
      { address: '2001:db8::2' },
    ])
    expect(environment.AZURE_CLIENT_SECRET?.reveal()).toBe('s3cret')
    expect(environment).not.toHaveProperty('OFFBOARD_GRAPH_URL')
  })

  test.each([
    ['AZURE_CLIENT_ID', 'my-app'],
    ['AZURE_SUBSCRIPTION_ID', 'my-subscription'],
    ['CLOUDFLARE_API_TOKEN', 'Bearer canary'],
    ['AWS_SESSION_TOKEN', 'one two'],
    ['AWS_REGION', 'us-east-1.elsewhere.example/'],
    ['OFFBOARD_SMTP_PORT', '0'],
    ['OFFBOARD_SMTP_PORT', '65536'],
    ['OFFBOARD_SMTP_PORT', '25a'],
    ['OFFBOARD_DNS', 'dns.example'],
    ['OFFBOARD_DNS', '192.0.2.1:0'],
    ['OFFBOARD_DNS', '[192.0.2.1]:53'],
    ['OFFBOARD_RFC2136_SERVER', '192.0.2.1:53,192.0.2.2:53'],
    ['OFFBOARD_EXCHANGE_TOKEN', 'Bearer eyJ'],
    ['OFFBOARD_TENANT', 'contoso\u0007.com'],
  ])('%s=%j is refused, named and not repeated', (name, value) => {
    const error = refused({ env: { [name]: value } })
    expect(error.message).toContain(`the environment variable ${name}`)
    expect(error.hint).toBeTruthy()
    if (value.length > 3) expect(`${error.message} ${error.hint}`).not.toContain(value)
  })

  const secrets = [...variables].filter(([, { kind }]) => kind === 'secret').map(([name]) => name)
  test.each(secrets)('%s is a secret and never printed', (name) => {
    const environment = read({ env: { [name]: 'CANARY' } })
    expect(inspect(environment, { depth: 9, showHidden: true })).not.toContain('CANARY')
    expect(JSON.stringify(environment)).toBe(JSON.stringify({ [name]: '[secret]' }))
    expect(`${environment.AZURE_CLIENT_SECRET ?? '[secret]'}`).toBe('[secret]')
  })
})

describe('.env', () => {
  test('is read, and the environment wins', () => {
    const environment = read({
      env: { OFFBOARD_TENANT: 'from-environment.com', AZURE_TENANT_ID: '' },
      dotenv:
        '\ufeff# comment\r\nOFFBOARD_TENANT=from-file.com\r\nexport AZURE_TENANT_ID="home.com" # why\r\n\r\nOTHER=1\r\n',
    })
    expect(environment).toEqual({ OFFBOARD_TENANT: 'from-environment.com', AZURE_TENANT_ID: 'home.com' })
  })

  test('a quoted value may take several lines, and the lines after it keep their number', () => {
    const dotenv = 'AZURE_CLIENT_SECRET="one\ntwo # not a comment"\nAZURE_CLIENT_ID=x\n'
    expect(refused({ dotenv }).message).toMatch(/AZURE_CLIENT_ID in .*\.env, line 3/)
    expect(read({ dotenv: dotenv.split('\n').slice(0, 2).join('\n') }).AZURE_CLIENT_SECRET?.reveal()).toBe(
      'one\ntwo # not a comment',
    )
  })

  test.each([
    ['a line that is no setting', 'A=1\nnonsense\n', 2],
    ['an unclosed quote', 'A=1\nB=2\nAZURE_CLIENT_SECRET="CANARY\n', 3],
    ['a name twice', 'AZURE_CLIENT_SECRET=CANARY\nAZURE_CLIENT_SECRET=b\n', 2],
    ['a mistyped name', 'OFFBOARD_TENNANT=a.com\n', 1],
  ])('%s is refused with its line', (_, dotenv, line) => {
    const error = refused({ dotenv })
    expect(error.message).toMatch(new RegExp(`/\\.env, line ${line}: `))
    expect(error.message).not.toContain('CANARY')
  })

  const decisive = [...variables].filter(([, { kind }]) => kind === 'endpoint' || kind === 'program')
  test.each(decisive.map(([name]) => name))('%s is not taken from it, even empty or overridden', (name) => {
    for (const env of [{}, { [name]: '127.0.0.1:53' }]) {
      const error = refused({ env, dotenv: `A=1\n${name}=\n` })
      expect(error.message).toMatch(/\.env, line 2/)
      expect(error.message).toContain(name)
    }
  })

  test('what decides who gets the credentials is what the design of the table says', () => {
    expect(decisive.map(([name]) => name)).toEqual(
      [...variables.keys()].filter(
        (name) => /_URL(?:$|_ROUTE_53$)|DNS$|_SERVER$|_PWSH$/.test(name) && name !== 'OFFBOARD_DATABASE_URL',
      ),
    )
  })

  test('one that cannot be read is refused', () => {
    using folder = temporaryFolder()
    const cwd = folder.write('file', '')
    expect(() => readEnvironment({ env: {}, cwd, allowEndpoints: [], cloud: 'global' })).toThrow(UsageError)
  })
})

describe('endpoints', () => {
  test.each([
    ['OFFBOARD_EXCHANGE_URL', 'https://outlook.office365.com'],
    ['OFFBOARD_EXCHANGE_URL', 'http://127.0.0.1:8080'],
    ['OFFBOARD_EXCHANGE_URL', 'http://127.9.8.7:8080'],
    ['OFFBOARD_EXCHANGE_URL', 'http://[::1]:8080'],
    ['OFFBOARD_LOGIN_URL', 'http://localhost:8080/login'],
    ['OFFBOARD_GOOGLE_URL', 'https://admin.googleapis.com'],
    ['OFFBOARD_AZURE_URL', 'https://management.azure.com'],
    ['CLOUDFLARE_BASE_URL', 'https://api.cloudflare.com/client/v4'],
    ['AWS_ENDPOINT_URL_ROUTE_53', 'https://route53.us-gov.amazonaws.com'],
    ['ACTIONS_ID_TOKEN_REQUEST_URL', 'https://pipelines.actions.githubusercontent.com/a/b?api-version=2.0'],
  ])('%s=%s is accepted', (name, value) => {
    expect(read({ env: { [name]: value } })).toHaveProperty(name, new URL(value))
  })

  test.each([
    ['http elsewhere', 'http://outlook.office365.com'],
    ['another protocol', 'ftp://127.0.0.1'],
    ['no URL', 'outlook.office365.com'],
    ['a user', 'https://CANARY@outlook.office365.com'],
    ['a password', 'https://a:CANARY@outlook.office365.com'],
    ['an empty user', 'https://@outlook.office365.com'],
    ['a query', 'https://outlook.office365.com/?key=CANARY'],
    ['an empty query', 'https://outlook.office365.com/?'],
    ['a fragment', 'https://outlook.office365.com/#CANARY'],
    ['a host that begins like loopback', 'http://127.0.0.1.example.com'],
    ['a host that ends like loopback', 'http://evil.localhost'],
  ])('%s is refused, allowed or not', (_, value) => {
    const allowEndpoints = ['outlook.office365.com', '127.0.0.1.example.com', 'evil.localhost']
    const error = refused({ env: { OFFBOARD_EXCHANGE_URL: value }, allowEndpoints })
    expect(error.message).toContain('OFFBOARD_EXCHANGE_URL')
    expect(`${error.message} ${error.hint}`).not.toContain('CANARY')
  })

  test('a host that is not the service’s own must be allowed', () => {
    const env = { OFFBOARD_EXCHANGE_URL: 'https://proxy.contoso.com:8443/exchange' }
    expect(refused({ env }).hint).toContain('--allow-endpoint proxy.contoso.com')
    expect(refused({ env, allowEndpoints: ['contoso.com'] }).hint).toContain('--allow-endpoint')
    expect(read({ env, allowEndpoints: ['Proxy.Contoso.com'] })).toHaveProperty('OFFBOARD_EXCHANGE_URL')
  })

  test('a host of another service or cloud is not the service’s own', () => {
    const env = { OFFBOARD_GRAPH_URL: 'https://graph.microsoft.us' }
    expect(refused({ env }).message).toContain('graph.microsoft.us')
    expect(read({ env, cloud: 'gcc-high' })).toHaveProperty('OFFBOARD_GRAPH_URL')
    refused({ env: { OFFBOARD_LOGIN_URL: 'https://graph.microsoft.com' } })
  })

  test.each(['OFFBOARD_AZURE_URL', 'CLOUDFLARE_BASE_URL', 'AWS_ENDPOINT_URL_ROUTE_53'])(
    '%s names a host of its own service alone',
    (name) => {
      const env = { [name]: 'https://graph.microsoft.com' }
      expect(refused({ env }).hint).toContain('--allow-endpoint graph.microsoft.com')
      expect(read({ env, allowEndpoints: ['graph.microsoft.com'] })).toHaveProperty(name)
    },
  )

  test('a host below an own domain is not the domain’s namesake', () => {
    refused({ env: { OFFBOARD_GOOGLE_URL: 'https://evilgoogleapis.com' } })
    refused({ env: { OFFBOARD_GOOGLE_URL: 'https://googleapis.com.evil.example' } })
  })

  test.each(['https://proxy.contoso.com', 'proxy.contoso.com:443', 'proxy', '*', ''])(
    '--allow-endpoint %j is refused',
    (host) => {
      expect(refused({ allowEndpoints: [host] }).message).toContain('--allow-endpoint')
    },
  )
})
