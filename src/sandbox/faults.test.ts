import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from './start.ts'
import { getToken, type RawAnswer, type RawClient, rawClient } from './test-client.ts'

let sandbox: Sandbox
let client: RawClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = rawClient(sandbox.endpoints, await getToken(sandbox.endpoints))
})

beforeEach(() => sandbox.control.reset())

afterAll(() => sandbox.close())

const rule = { Identity: 'Encrypt on demand' }

function remove(): Promise<RawAnswer> {
  return client.call('Remove-TransportRule', rule)
}

async function isThere(): Promise<boolean> {
  const rows = await client.rows('Get-TransportRule')
  return rows.some(({ Name }) => Name === rule.Identity)
}

describe('a fault', () => {
  it('throttle: 429, a second to wait, nothing done', async () => {
    await sandbox.control.fail({ kind: 'throttle' })
    const answer = await remove()
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await isThere()).toBe(true)
  })

  it('outage: 503 and no JSON, nothing done', async () => {
    await sandbox.control.fail({ kind: 'outage' })
    const answer = await remove()
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('<html>')
    expect(await isThere()).toBe(true)
  })

  it('denied: 403 and NUL bytes, nothing done', async () => {
    await sandbox.control.fail({ kind: 'denied' })
    const answer = await remove()
    expect(answer.status).toBe(403)
    expect(answer.text).toBe('\0'.repeat(4096))
    expect(await isThere()).toBe(true)
  })

  it('lost-answer: the connection breaks, and it is done', async () => {
    await sandbox.control.fail({ kind: 'lost-answer' })
    await expect(remove()).rejects.toThrow()
    expect(await isThere()).toBe(false)
  })

  it('empty-body: 200 without a body, and it is done', async () => {
    await sandbox.control.fail({ kind: 'empty-body' })
    expect(await remove()).toMatchObject({ status: 200, text: '' })
    expect(await isThere()).toBe(false)
  })

  it('ignored-write: 200, and nothing is done', async () => {
    await sandbox.control.fail({ kind: 'ignored-write' })
    expect(await remove()).toMatchObject({ status: 200, rows: [] })
    expect(await isThere()).toBe(true)
    expect((await sandbox.control.show()).writes).toMatchObject([
      { cmdlet: 'Remove-TransportRule', result: 'lost' },
    ])
  })

  it('stale-reads: the next reads of the kind show what was, those of another kind do not use them up', async () => {
    await sandbox.control.fail({ kind: 'stale-reads' })
    expect((await remove()).status).toBe(200)
    await client.rows('Get-InboundConnector')
    expect([await isThere(), await isThere(), await isThere()]).toEqual([true, true, false])
  })

  it('hang: no answer comes, and it is done', async () => {
    await sandbox.control.fail({ kind: 'hang' })
    const answer = remove().then(
      () => 'answer',
      () => 'broken',
    )
    await expect.poll(() => sandbox.control.show().then(({ writesDone }) => writesDone)).toBe(1)
    await expect(Promise.race([answer, Promise.resolve('nothing')])).resolves.toBe('nothing')
    expect(await isThere()).toBe(false)
  })

  it('waits for the request that it is meant for, counting all of them', async () => {
    await sandbox.control.fail({ kind: 'outage', at: 3 })
    const statuses = [
      await client.call('Get-TransportRule'),
      await client.call('Get-ArcConfig'),
      await remove(),
      await remove(),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 503, 200])
  })

  it('waits for its cmdlet, in any case, and comes as often as it is told to', async () => {
    await sandbox.control.fail({ kind: 'outage', cmdlet: 'get-arcconfig', times: 2 })
    const cmdlets = ['Get-TransportRule', 'Get-ArcConfig', 'Get-ArcConfig', 'Get-ArcConfig']
    const answers: number[] = []
    for (const cmdlet of cmdlets) answers.push((await client.call(cmdlet)).status)
    expect(answers).toEqual([200, 503, 503, 200])
  })

  it('that only a write can suffer lets reads pass', async () => {
    await sandbox.control.fail({ kind: 'ignored-write', at: 2 })
    await client.rows('Get-TransportRule')
    await client.rows('Get-TransportRule')
    await remove()
    expect(await isThere()).toBe(true)
  })

  it('is forgotten with a reset', async () => {
    await sandbox.control.fail({ kind: 'outage' })
    await sandbox.control.reset()
    expect((await client.call('Get-ArcConfig')).status).toBe(200)
  })

  it.each([
    ['throttle', 429, 'AADSTS90055'],
    ['outage', 503, 'AADSTS90033'],
    ['denied', 401, 'AADSTS7000215'],
  ] as const)('%s at the token endpoint answers in its own words', async (kind, status, code) => {
    await sandbox.control.fail({ kind, cmdlet: 'token' })
    const response = await fetch(`${sandbox.endpoints.loginUrl}/contoso.com/oauth2/v2.0/token`, {
      method: 'POST',
      body: '',
    })
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(code)
    expect((await client.call('Get-ArcConfig')).status).toBe(200)
  })
})
