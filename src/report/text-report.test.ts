import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../model/events.ts'
import { createReporter, type ReporterOptions } from './reporter.ts'
import { sampleEvents } from './sample/events.ts'
import { samplePlan } from './sample/plan.ts'
import { createRecorder } from './sample/recorder.ts'
import { sampleSummary } from './sample/summary.ts'

const all: readonly RunEvent[] = [
  { type: 'plan', plan: samplePlan, resumed: false },
  ...sampleEvents,
  sampleSummary({
    outcome: 'failed',
    exitCode: 1,
    next: ['offboard resume 20261124-081107-k3f9'],
    error: { name: 'ServiceError', message: 'remove the rule: 503', hint: 'Try again.' },
  }),
]

async function report(
  events: readonly RunEvent[],
  options: Partial<ReporterOptions> = {},
): Promise<{ stdout: string; stderr: string }> {
  const stdout = createRecorder()
  const stderr = createRecorder()
  const reporter = createReporter({
    format: 'text',
    stdout: stdout.stream,
    stderr: stderr.stream,
    isTerminal: false,
    columns: 100,
    color: false,
    verbosity: 'normal',
    version: '0.1.0',
    now: () => new Date('2026-11-24T08:11:07.000Z'),
    ...options,
  })
  for (const event of events) reporter.listener(event)
  await reporter.close()
  return { stdout: stdout.text(), stderr: stderr.text() }
}

describe('the report in plain lines', () => {
  it('tells a whole run', async () => {
    const { stdout } = await report(all)
    expect(stdout).toMatchSnapshot()
  })

  it('has a line for each event that matters, which stays the same and can be searched for', async () => {
    const { stdout } = await report(all)
    for (const line of [
      'Run 20261124-081107-k3f9 begins',
      'Step drain: Stop the redirect',
      '  verified drain:Redirect Rule',
      'Wait drain-wait: waiting, at least until 2026-11-24 08:41:07 UTC: mail still comes back',
      'Wait drain-wait: over: no mail for 10 minutes',
      '  failed   rule:Junk Rule (High): it is still as before',
      'By hand: Deactivate (vendor-console) action-required',
      '  1. Sign in.',
      '  See https://vendor.example/console',
      '  done by Ada, 2026-11-24 09:00:00 UTC: ticket 7',
      '  /state/letter.eml',
      'missing May delete the connectors: Remove-InboundConnector',
      '        New-ManagementRoleAssignment -Role "Remote and Accepted Domains" -App ID',
      '    offboard resume 20261124-081107-k3f9',
    ])
      expect(stdout.split('\n')).toContain(line)
  })

  it('moves no cursor and has no colour', async () => {
    const { stdout, stderr } = await report(all, { verbosity: 'verbose' })
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })

  it('says the same in colour', async () => {
    const plain = await report(all)
    const colored = await report(all, { color: true })
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
    expect(colored.stdout).not.toBe(plain.stdout)
    expect(colored.stdout.replaceAll(sequence, '')).toBe(plain.stdout)
  })

  it('tells errors apart from results', async () => {
    const { stdout, stderr } = await report(all)
    expect(stderr).toContain('Error: remove the rule: 503\nTo do: Try again.\n')
    expect(stdout).not.toContain('503')
  })

  it('tells retries and warnings only when asked', async () => {
    const normal = await report(all)
    expect(normal.stdout).not.toMatch(/Retry|the answer was empty|applied {2}/)
    const verbose = await report(all, { verbosity: 'verbose' })
    expect(verbose.stdout).toContain('Retry in 12 s: the service is throttled\n')
    expect(verbose.stdout).toContain('Warning: the answer was empty\n')
    expect(verbose.stdout).toContain('  applied  drain:Redirect Rule\n')
  })

  it('tells only what needs a person when it is to be quiet', async () => {
    const quiet = all.filter(({ type }) => !['found', 'history', 'show', 'checks'].includes(type))
    const { stdout } = await report(quiet, { verbosity: 'quiet' })
    expect(stdout).toMatchSnapshot()
    expect(stdout).not.toMatch(/verified drain|Step|1\. Stop the redirect|done by Ada/)
    expect(stdout).toMatch(/Legal hold|decide|failed {3}rule:Junk/)
  })

  it('tells a plan shortly when a run goes on with it', async () => {
    const { stdout } = await report([{ type: 'plan', plan: samplePlan, resumed: true }])
    expect(stdout).toBe(
      'Plan 0123456789ab: 5 changes in 4 steps, 1 step by hand, 1 lookalike kept, 2 excluded, 1 leftover, 2 blockers, 3 not checked\n',
    )
  })

  it('tells a wait once while it stays the same', async () => {
    const waiting = sampleEvents.filter((event) => event.type === 'wait' && event.state === 'waiting')
    const { stdout } = await report([...waiting, ...waiting, ...waiting])
    expect(stdout.match(/Wait/g)).toHaveLength(1)
  })

  it('goes on when its reader has gone', async () => {
    const stdout = createRecorder()
    const reporter = createReporter({
      format: 'text',
      stdout: stdout.stream,
      stderr: stdout.stream,
      isTerminal: false,
      columns: 80,
      color: false,
      verbosity: 'normal',
      version: '0.1.0',
      now: () => new Date(),
    })
    stdout.stream.destroy(new Error('EPIPE'))
    await new Promise((resolve) => stdout.stream.once('close', resolve))
    expect(() => reporter.listener({ type: 'warning', text: 'x' })).not.toThrow()
    await reporter.close()
  })
})
