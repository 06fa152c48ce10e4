import { DeleteHostedZoneCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  InternalError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  UsageError,
} from '../../../../src/model/errors.ts'
import { route53Account } from '../../../../src/sandbox/dns/route53/account.ts'
import { newZone } from '../../../../src/sandbox/dns/zones.ts'
import { approval, errorOf, shown, startCloud, type TestCloud } from '../../../../test/dns/cloud.ts'
import { optionsFor, route53Secrets } from '../../../../test/dns/route53.ts'
import { openRoute53, type Route53Options } from '../route53.ts'
import { callsOver } from './client.ts'

const { readAccessKeyId } = route53Account
const [secretAccessKey, sessionToken] = route53Secrets
const mxKey = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const oldMx = ['10 old.example.net', '20 backup.example.net']

describe('Route 53 refuses', () => {
  let cloud: TestCloud

  beforeEach(async () => {
    cloud = await startCloud([newZone('example.com', [{ ...mxKey, ttl: 300, values: oldMx }])])
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await cloud.close()
  })

  const reader = (given?: Partial<Route53Options>) => openRoute53(optionsFor(cloud, given)).reader()
  const writer = (given?: Partial<Route53Options>) => openRoute53(optionsFor(cloud, given)).writer(approval())

  async function failure(
    act: Promise<unknown>,
    kind: new (...given: never[]) => OffboardError,
  ): Promise<Error> {
    const error = await errorOf(act)
    expect(error).toBeInstanceOf(kind)
    for (const secret of route53Secrets) expect(shown(error)).not.toContain(secret)
    return error
  }

  /** Answers with other text than the service does. */
  function rewriting(from: string | RegExp, to: string, status?: number): typeof fetch {
    return async (input, init) => {
      const answer = await fetch(input, init)
      const text = (await answer.text()).replace(from, to)
      return new Response(text, { status: status ?? answer.status, headers: answer.headers })
    }
  }

  it.each([
    ['another key', 'AKIAUNKNOWN000000001', PermissionError],
    ['what is no key', 'AKIA key', UsageError],
  ])('refuses %s', async (_, key, kind) => {
    const credentials = async () => ({ accessKeyId: key, secretAccessKey, sessionToken })
    await failure(reader({ credentials }).zone('example.com'), kind)
  })

  it('says who must act when a key may only read, or there is none', async () => {
    const route53 = writer({ credentials: async () => ({ accessKeyId: readAccessKeyId, secretAccessKey }) })
    const read = await route53.read(mxKey)
    const error = await failure(route53.replace(read, { ttl: 300, values: oldMx.slice(1) }), PermissionError)
    expect(error.message).toContain('not authorized to perform: route53:ChangeResourceRecordSets')
    const none = async () => {
      throw new UsageError({ tried: 'find the AWS credentials', said: 'there are none' })
    }
    await failure(reader({ credentials: none }).read(mxKey), UsageError)
  })

  it('says what is wrong: value, zone, answer', async () => {
    const route53 = writer()
    const read = await route53.read(mxKey)
    const long = { ttl: -1, values: ['5 new.example.net'] }
    await failure(route53.replace(read, long), UsageError)
    for (const kind of ['empty-body', 'outage', 'lost-answer'] as const) {
      cloud.fail({ kind })
      await failure(route53.read(mxKey), ServiceError)
    }
    const broken = { fetch: rewriting(/[\s\S]*/, '<html>oops') }
    await failure(reader(broken).read(mxKey), ServiceError)
    await failure(reader({ fetch: rewriting(/[\s\S]*/, 'oops', 404) }).read(mxKey), UsageError)
    await failure(reader({ fetch: rewriting(/[\s\S]*/, 'oops', 502) }).read(mxKey), ServiceError)
    cloud.zones.length = 0
    await failure(route53.read(mxKey), NotFoundError)
    await failure(route53.replace(read, { ttl: 300, values: [] }), NotFoundError)
  })

  it('lets nothing but its own reads pass below a reader, whatever the environment says', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'https://elsewhere.example')
    vi.stubEnv('AWS_ENDPOINT_URL_ROUTE_53', 'https://elsewhere.example')
    vi.stubEnv('AWS_MAX_ATTEMPTS', '5')
    expect((await reader().read(mxKey)).values).toEqual(oldMx)
    const wire = { ...optionsFor(cloud), baseUrl: cloud.url, region: 'us-east-1', fetch, timeoutMs: 5000 }
    for (const role of ['reader', 'writer'] as const) {
      const call = callsOver(wire, role)
      const gone = call('try', 'write', (client) => client.send(new DeleteHostedZoneCommand({ Id: 'Z1' })))
      await failure(gone, InternalError)
      await failure(
        call('try', 'read', (client) => client.send(new ListHostedZonesCommand())),
        InternalError,
      )
    }
    const { readSet, replaceSet } = await import('./sets.ts')
    const call = callsOver(wire, 'reader')
    const { version } = await reader().read(mxKey)
    const zoneId: string = JSON.parse(version).zoneId
    const read = await readSet(call, zoneId, mxKey)
    await failure(replaceSet(call, read, { ttl: 300, values: [] }), InternalError)
    expect(cloud.writes).toEqual([])
  })
})
