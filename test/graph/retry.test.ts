import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ServiceError, ThrottledError } from '../../src/model/errors.ts'
import { createAttempt } from '../../src/run/retry.ts'
import { firstOf, type GraphTestTenant, resourceIn, startGraphTenant } from './tenant.ts'

let tenant: GraphTestTenant
let slept: number[]

beforeEach(async () => {
  tenant = await startGraphTenant()
  slept = []
})

afterEach(async () => {
  await tenant[Symbol.asyncDispose]()
})

function patient() {
  const clock = { now: () => new Date(0), sleep: async (ms: number) => void slept.push(ms) }
  return createAttempt({ clock, signal: new AbortController().signal, random: () => 0, baseMs: 1 })
}

describe('a directory that is throttled', () => {
  it('is asked again after the wait that it asked for, reads and writes alike', async () => {
    const apps = resourceIn(await tenant.writer({ attempt: patient() }), 'service-principal')
    const app = await firstOf(apps)
    await tenant.sandbox.control.fail({ kind: 'throttle', cmdlet: 'PATCH servicePrincipals', times: 2 })
    await apps.edit(app, [{ kind: 'set', property: 'accountEnabled', from: true, to: false }])
    expect(slept).toEqual([1000, 1000])
    expect((await firstOf(apps)).properties.accountEnabled).toBe(false)
  })

  it('is not waited for longer than the policy allows', async () => {
    const late: typeof fetch = async (input, init) => {
      if (new URL(String(input)).pathname.endsWith('/domains'))
        return new Response('{}', { status: 429, headers: { 'retry-after': '3600' } })
      return fetch(input, init)
    }
    const reader = await tenant.reader({ attempt: patient(), fetch: late })
    const refused = reader.sources.get('verified-domain')?.list()
    await expect(refused).rejects.toBeInstanceOf(ThrottledError)
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('3600 s') })
    expect(slept).toEqual([])
  })
})

describe('a directory that is down', () => {
  it('is read again, and not written to again', async () => {
    const apps = resourceIn(await tenant.writer({ attempt: patient() }), 'service-principal')
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'GET servicePrincipals', times: 2 })
    const app = await firstOf(apps)
    expect(slept).toHaveLength(2)
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'PATCH servicePrincipals' })
    const written = apps.edit(app, [{ kind: 'set', property: 'accountEnabled', from: true, to: false }])
    await expect(written).rejects.toBeInstanceOf(ServiceError)
    const patches = tenant.sent.filter(({ method }) => method === 'PATCH')
    expect(patches).toHaveLength(1)
  })
})
