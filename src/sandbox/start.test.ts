import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawGraph } from './graph/test-graph.ts'
import { buildState } from './scenarios/build.ts'
import { startSandbox } from './start.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a state that is kept', () => {
  it('of a sandbox that had no directory yet goes on with one', async () => {
    const stateFile = join(folder, 'state.json')
    const { directory: _, vendor: __, ...older } = buildState('plain', ['eu'])
    writeFileSync(stateFile, JSON.stringify({ ...older, clockOffsetMs: 60_000 }))
    const sandbox = await startSandbox({ stateFile })
    const graph = await rawGraph(sandbox.endpoints)
    expect((await graph.rows('/servicePrincipals')).length).toBeGreaterThan(0)
    expect(await sandbox.control.show()).toMatchObject({ scenario: 'plain', clockOffsetMs: 60_000 })
    await sandbox.close()
  })

  it('of a sandbox that had no Google customer yet goes on with one', async () => {
    const stateFile = join(folder, 'state.json')
    const { google: _, ...older } = buildState('plain', ['eu'])
    writeFileSync(stateFile, JSON.stringify(older))
    const sandbox = await startSandbox({ stateFile })
    const { google, vendor } = await sandbox.control.show()
    expect(google.customer.domain).toBe(sandbox.endpoints.googleTenant)
    expect(google.rules).not.toEqual([])
    expect(vendor).toMatchObject({ method: 'inline' })
    await sandbox.control.act('delete-host')
    await sandbox.close()
    const again = await startSandbox({ stateFile })
    expect((await again.control.show()).google.hosts).toHaveLength(1)
    await again.close()
  })

  it('keeps what was done in its directory and in the vendor’s console', async () => {
    const stateFile = join(folder, 'state.json')
    const first = await startSandbox({ stateFile })
    await first.control.act('delete-app')
    await first.control.act('deactivate-channel')
    const { directory } = await first.control.show()
    await first.close()
    const second = await startSandbox({ stateFile })
    expect(await second.control.show()).toMatchObject({ directory, vendor: { channel: 'inactive' } })
    await second.close()
  })
})
