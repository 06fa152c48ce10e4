import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ServiceError, UsageError } from '../../model/errors.ts'
import { createSandboxControl } from '../control/client.ts'
import type { SandboxEndpoints } from '../endpoints.ts'
import { jsonAnswer, listenHttp } from '../http.ts'
import { getToken, rawClient } from '../test-client.ts'
import { type EnsureOptions, ensureSandbox, stopSandbox } from './ensure.ts'
import { filesIn, readRunning } from './files.ts'

let folder: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'offboard-sandbox-')), 'sandbox')
})

afterEach(async () => {
  await stopSandbox(folder)
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function start(options: Partial<EnsureOptions> = {}): Promise<SandboxEndpoints> {
  const serve = JSON.stringify(new URL('./serve.ts', import.meta.url).href)
  const script = `import(${serve}).then(({ serveSandbox }) => serveSandbox(${JSON.stringify(folder)}))`
  const entry = [process.execPath, '--input-type=module', '--eval', script]
  return ensureSandbox(folder, { entry, ...options })
}

async function answers(endpoints: SandboxEndpoints): Promise<boolean> {
  return createSandboxControl(endpoints.controlUrl)
    .now()
    .then(
      () => true,
      () => false,
    )
}

describe('a sandbox in the background', () => {
  it('is started once, whoever asks at the same time, and found again', async () => {
    const [first, second, third] = await Promise.all([start({ regions: ['eu'] }), start(), start()])
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(await start()).toEqual(first)
  })

  it('has the scenario and regions that were asked for, on the port', async () => {
    const endpoints = await start({ regions: ['eu', 'au'], scenario: 'safe-list-off' })
    const view = await createSandboxControl(endpoints.controlUrl).show()
    expect(view).toMatchObject({ regions: ['eu', 'au'], scenario: 'safe-list-off' })
  })

  it('keeps its state over its end, at the same address, whatever is asked for then', async () => {
    const endpoints = await start({ regions: ['eu'] })
    const control = createSandboxControl(endpoints.controlUrl)
    const client = rawClient(endpoints, await getToken(endpoints))
    await client.rows('Remove-TransportRule', { Identity: 'Perception Point Redirect Rule' })
    await control.clock(3_600_000)
    await control.fail({ kind: 'outage', at: 7 })
    const before = await control.show()
    expect(await stopSandbox(folder)).toBe(true)
    expect(await answers(endpoints)).toBe(false)
    expect(await start({ scenario: 'clean', regions: ['us'] })).toEqual(endpoints)
    const after = await control.show()
    expect(after).toMatchObject({
      scenario: 'default',
      regions: ['eu'],
      objects: before.objects,
      writes: before.writes,
      requests: before.requests,
      faults: before.faults,
      clockOffsetMs: before.clockOffsetMs,
    })
  })

  it('has written every change down before it answers', async () => {
    const endpoints = await start()
    const client = rawClient(endpoints, await getToken(endpoints))
    await client.rows('Remove-TransportRule', { Identity: 'Encrypt on demand' })
    process.kill(readRunning(folder)?.pid ?? 0, 'SIGKILL')
    expect(readFileSync(filesIn(folder).state, 'utf8')).not.toContain('Encrypt on demand","createdAt')
    const again = await start()
    const rules = await rawClient(again, await getToken(again)).rows('Get-TransportRule')
    expect(rules.map(({ Name }) => Name)).not.toContain('Encrypt on demand')
  })

  it('keeps its files to their owner', async () => {
    await start()
    for (const file of [filesIn(folder).state, filesIn(folder).running])
      expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('ends when its folder is gone', async () => {
    const endpoints = await start()
    renameSync(folder, `${folder}-away`)
    await expect.poll(() => answers(endpoints), { timeout: 5000 }).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })

  it('is not mistaken for another program on its port', async () => {
    const stranger = await listenHttp(async () => jsonAnswer(200, { key: 'a key of its own' }), 0)
    onTestFinished(() => stranger.close())
    await start()
    const before = readRunning(folder)
    await stopSandbox(folder)
    const controlUrl = `http://127.0.0.1:${stranger.port}/_control`
    const endpoints = { ...before?.endpoints, controlUrl }
    writeFileSync(filesIn(folder).running, JSON.stringify({ ...before, endpoints }))
    const found = await start()
    expect(new URL(found.controlUrl).port).not.toBe(String(stranger.port))
    expect(await answers(found)).toBe(true)
  })

  it('takes over the lock of a start that died', async () => {
    await start()
    await stopSandbox(folder)
    writeFileSync(filesIn(folder).lock, '999999999')
    await start()
    expect(existsSync(filesIn(folder).lock)).toBe(false)
  })

  it('says why it cannot be started', async () => {
    await expect(start({ scenario: 'no-such' })).rejects.toThrow(UsageError)
    await expect(start({ entry: [process.execPath, '-e', '0'] })).rejects.toThrow(/ended at once/)
    await expect(start({ entry: ['/no/such/program'] })).rejects.toThrow(ServiceError)
    writeFileSync(filesIn(folder).state, '{"format":"other"}')
    await expect(start()).rejects.toThrow(/its format is unknown/)
    writeFileSync(filesIn(folder).state, '{')
    await expect(start()).rejects.toThrow(/not JSON/)
  })
})
