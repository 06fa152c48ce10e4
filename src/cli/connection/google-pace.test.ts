import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { approvalFor } from '../../../test/google/tenant.ts'
import { buildFootprint } from '../../footprint/footprint.ts'
import type { Attempt } from '../../model/attempt.ts'
import type { ApprovedPlan } from '../../model/plan.ts'
import { googleWorkspace } from '../../platforms/google-workspace/index.ts'
import { advancingClock } from '../../sandbox/clock.ts'
import { googleAccount } from '../../sandbox/google/account.ts'
import { startSandbox } from '../../sandbox/start.ts'
import { forThisTest } from '../doctor/test-doctor.ts'
import { createConnection } from './connection.ts'

const { signal } = new AbortController()
const once: Attempt = (_effect, request) => request()

async function connect() {
  const sandbox = await startSandbox({ scenario: 'google-default' })
  const connection = createConnection({
    tenant: googleAccount.customerId,
    platform: googleWorkspace,
    footprint: buildFootprint(['eu']),
    mx: undefined,
    options: { auth: undefined, cloud: undefined, exchange: undefined, sandbox: true },
    environment: {},
    sandbox: sandbox.endpoints,
    clock: await advancingClock(sandbox.control),
    attempts: { exchange: once, needed: once, optional: once },
    context: {
      env: {},
      cwd: '/',
      home: '/',
      platform: process.platform,
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      isTerminal: false,
      columns: 100,
      entry: [],
      stopping: signal,
      leaving: signal,
    },
    onWarning: () => {},
  })
  return { sandbox, connection, [Symbol.asyncDispose]: () => sandbox.close() }
}

function approvalToWrite(): ApprovedPlan {
  const { plan } = approvalFor(googleAccount.customerId)
  return JSON.parse(JSON.stringify({ plan: { ...plan, changes: [{ system: 'google-workspace' }] } }))
}

it('who reads and who writes keep to one pace together', async () => {
  const { sandbox, connection } = await forThisTest(connect())
  const reader = (await connection.open()).get('google-workspace')
  const writer = (await connection.openForWriting(approvalToWrite())).get('google-workspace')
  const systems = [reader, writer, reader, writer, reader, writer]
  for (const system of systems) await system?.resources.get('compliance-rule')?.list()
  await Promise.all(systems.map((system) => system?.resources.get('compliance-rule')?.list()))
  expect((await sandbox.control.show()).google.refusedByQuota).toBe(0)
})

it('a plan without a change at Google opens nothing for writing', async () => {
  const { connection } = await forThisTest(connect())
  const { plan } = approvalFor(googleAccount.customerId)
  const approved: ApprovedPlan = JSON.parse(JSON.stringify({ plan: { ...plan, changes: [] } }))
  const writer = (await connection.openForWriting(approved)).get('google-workspace')
  await expect(writer?.resources.get('compliance-rule')?.remove([])).rejects.toThrow('opened for reading')
})
