import { afterEach, describe, expect, it } from 'vitest'
import type { SystemReader } from '../../src/model/adapter.ts'
import { InternalError, ServiceError } from '../../src/model/errors.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { xrayAccount } from '../../src/sandbox/xray/account.ts'
import { evidence } from './evidence.ts'
import { openXraySystem } from './system.ts'

const open: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

interface Asked {
  readonly sandbox: Sandbox
  system(): Promise<SystemReader>
  ask(): ReturnType<typeof evidence>
}

async function start(scenario = 'default', token: string = xrayAccount.token): Promise<Asked> {
  const sandbox = await startSandbox({ scenario })
  open.push(sandbox)
  async function system(): Promise<SystemReader> {
    const now = await sandbox.control.now()
    return openXraySystem({
      organization: xrayAccount.organization,
      token,
      baseUrl: new URL(sandbox.endpoints.xrayUrl),
      attempt: (_effect, request) => request(),
      signal: new AbortController().signal,
      userAgent: 'offboard/test',
      now: () => now,
    })
  }
  return { sandbox, system, ask: async () => evidence(new Map([['xray', await system()]])) }
}

const minutes = (count: number): number => count * 60_000

describe('the evidence for the vendor’s console', () => {
  it('is against it while mail is scanned, undecided in the hour after, and for it then', async () => {
    const { sandbox, ask } = await start()
    expect(await ask()).toMatchObject({
      is: 'present',
      evidence: expect.stringContaining('scanned mail at 20'),
    })
    await sandbox.control.act('deactivate-channel')
    await sandbox.control.clock(minutes(20))
    expect(await ask()).toMatchObject({ is: 'unknown', evidence: expect.stringContaining('last hour') })
    await sandbox.control.clock(minutes(45))
    expect(await ask()).toEqual({
      is: 'gone',
      evidence: 'the vendor has scanned nothing for an hour, after a day with mail',
    })
    await sandbox.control.act('activate-channel')
    await sandbox.control.clock(minutes(5))
    expect(await ask()).toMatchObject({ is: 'present' })
    expect((await sandbox.control.show()).writes).toEqual([])
  })

  it('is none when nothing was scanned before: silence alone tells nothing', async () => {
    const { sandbox, ask } = await start()
    await sandbox.control.act('deactivate-channel')
    await sandbox.control.clock(minutes(26 * 60))
    expect(await ask()).toMatchObject({ is: 'unknown', evidence: expect.stringContaining('too little mail') })
  })

  it('is none when the API refuses, fails, or is not asked, and says why', async () => {
    const denied = await start('xray-denied')
    expect(await denied.ask()).toMatchObject({ is: 'unknown', evidence: expect.stringContaining('403') })
    const other = await start('default', 'another-token')
    expect(await other.ask()).toMatchObject({ is: 'unknown', evidence: expect.stringContaining('401') })
    const down = await start()
    await down.sandbox.control.fail({ kind: 'outage', cmdlet: 'GET scans/list' })
    expect(await down.ask()).toMatchObject({ is: 'unknown', evidence: expect.stringContaining('503') })
    expect(await evidence(new Map())).toMatchObject({
      is: 'unknown',
      evidence: expect.stringContaining('token'),
    })
  })
})

describe('the system', () => {
  it('lists the organization with its region, and holds nothing that could be written', async () => {
    const { system } = await start('xray-other-region')
    const opened = await system()
    expect(await opened.sources.get('vendor-organization')?.list()).toMatchObject([
      { guid: '48213', name: 'Contoso', properties: { active: true, region: 'eu' } },
    ])
    expect(opened.resources.size).toBe(0)
  })

  it('says "not read" where nothing is known, and knows no tenant', async () => {
    const { system } = await start('xray-denied')
    const opened = await system()
    for (const source of opened.sources.values())
      await expect(source.list()).rejects.toBeInstanceOf(ServiceError)
    await expect(opened.identity()).rejects.toBeInstanceOf(InternalError)
  })
})
