import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFootprint } from '../../src/footprint/footprint.ts'
import { openJournal } from '../../src/journal/open.ts'
import type { Journal, RunRecord } from '../../src/model/journal.ts'
import type { Decisions, MxDecisions, Plan } from '../../src/model/plan.ts'
import { approve } from '../../src/plan/guard.ts'
import { other } from '../../src/platforms/other/index.ts'
import { previousHosts } from '../../src/platforms/other/previous.ts'
import type { RunResult, WritingDesk } from '../../src/run/carry-out.ts'
import { knownRun, resumeRun, startRun } from '../../src/run/lifecycle.ts'
import { planRestore, planTenant, type ReadingDesk } from '../../src/run/plan-tenant.ts'
import { recordVerification, type Verification, verifyTenant } from '../../src/run/verify.ts'
import type { MailZones } from './mail-zones.ts'

/** What a test decides: about MX, and about what was found. */
export type Decided = Partial<MxDecisions> & Partial<Pick<Decisions, 'include' | 'exclude' | 'allow'>>

function decisionsOf(domains: readonly string[], decided: Decided = {}): Decisions {
  const { include = [], exclude = [], allow = [], ...mx } = decided
  return {
    ...{ include, exclude, allow, drainMs: 0, drainMaxMs: 0 },
    ...{ revokeGrants: false, deleteApp: false, googlePolicyWrites: false, effectWaitMs: 0 },
    mx: {
      ...{ domains, previous: ['10 mail.contoso.com'], vendorHosts: ['mx.vendor.example'] },
      ...{ vendorTxt: [], provider: 'rfc2136', ...mx },
    },
  }
}

/** A run over zones in memory, with a journal of its own. */
export interface MailJob {
  readonly journal: Journal
  /** What was told, one line each. */
  readonly told: string[]
  plan(): Promise<Plan>
  run(plan?: Plan): Promise<{ readonly run: RunRecord; readonly result: RunResult }>
  resume(run: RunRecord): Promise<RunResult>
  verify(run?: RunRecord): Promise<Verification>
  planRestore(run: RunRecord, only?: readonly string[]): Promise<Plan>
  restore(run: RunRecord): Promise<RunResult>
  readonly signal: AbortController
  close(): Promise<void>
}

export interface JobOptions {
  /** Whether a wait is made here. It is by default. */
  readonly waits?: boolean
}

export async function mailJob(
  world: MailZones,
  decided: Decided = {},
  { waits = true }: JobOptions = {},
): Promise<MailJob> {
  const folder = mkdtempSync(join(tmpdir(), 'offboard-mail-'))
  const journal = await openJournal({ folder, clock: world.clock })
  const footprint = buildFootprint(['eu'])
  const decisions = decisionsOf([...world.zones.keys()], decided)
  const hosts = decisions.mx === undefined ? [] : previousHosts(decisions.mx, footprint)
  const told: string[] = []
  const signal = new AbortController()
  const shared = { platform: other, footprint, clock: world.clock, tool: 'test' }
  const reading = (): ReadingDesk => ({
    ...{ ...shared, regions: ['eu'], decisions, readers: world.reader(hosts) },
  })
  const writing = (steps = other.steps): WritingDesk => ({
    ...{ ...shared, steps, journal, signal: signal.signal },
    emit: (event) => told.push(JSON.stringify(event)),
    openForWriting: async () => world.writer(hosts),
    waitsHere: () => waits,
  })
  const approved = (plan: Plan) =>
    approve(plan, { hash: plan.hash, how: 'yes', who: 'admin', at: world.clock.now().toISOString() })
  return {
    ...{ journal, told, signal },
    plan: () => planTenant(reading()),
    run: async (plan) => startRun(writing(), approved(plan ?? (await planTenant(reading()))), {}),
    resume: (run) => resumeRun(writing(), run),
    async verify(run) {
      if (run === undefined) return verifyTenant(reading(), [])
      const current = await knownRun(journal, run.id)
      const found = await verifyTenant(reading(), [], { journal, run: current })
      await recordVerification(journal, current, found)
      return found
    },
    planRestore: (run, only = []) => planRestore(reading(), journal, run, { only, enableRedirect: false }),
    async restore(run) {
      const plan = await planRestore(reading(), journal, run, { only: [], enableRedirect: false })
      const { result } = await startRun(writing(other.restore.steps), approved(plan), {})
      return result
    },
    async close() {
      await journal.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
