import type { Summary } from '../../model/events.ts'
import { systemClock } from '../../run/system-clock.ts'
import type { Context, Input } from '../command.ts'
import { checksFor } from '../doctor/checks/index.ts'
import { type Examination, openExamination } from '../doctor/examination.ts'
import { type Answered, outcomeOf, runChecks } from '../doctor/run-checks.ts'
import { exitCodes } from '../exit-codes.ts'
import { appWords, googleWords, mxWords, stateFlags } from '../next.ts'
import { createOutput } from '../output.ts'
import { parseOptions } from '../parse.ts'
import { emptySummary } from '../summary.ts'

/** What to type when everything is in order. */
function nextCommand({ options, platform, asked }: Examination): string {
  const isNamed = options.sandbox || options.domain.length > 0
  const tenant = isNamed ? '' : ` --tenant ${asked}`
  const region = options.region?.join(',') ?? 'REGION'
  const decided = [...appWords(options), ...googleWords(options), ...mxWords(options)]
    .map((word) => ` ${word}`)
    .join('')
  return `offboard run --platform ${platform.id} --region ${region}${tenant}${decided}${stateFlags(options)} --dry-run`
}

async function summarise(examination: Examination, answered: readonly Answered[]): Promise<Summary> {
  const { options, platform, identity } = examination
  const outcome = outcomeOf(answered)
  const isKnown = answered.some(({ check, answer }) => check.id === 'tenant' && answer.ok === 'ok')
  return {
    ...emptySummary('doctor', outcome, exitCodes[outcome]),
    tenant: isKnown ? (await identity()).name : null,
    platform: platform.id,
    regions: options.region ?? [],
    next: outcome === 'done' ? [nextCommand(examination)] : [],
  }
}

/** `doctor`: whether everything is there that a run needs, and what to do where not. Reads only. */
export async function handleDoctor(input: Input, context: Context): Promise<number> {
  const options = parseOptions(input)
  const warnings = new Set<string>()
  const examination = await openExamination(options, context, (text) => warnings.add(text))
  const output = await createOutput(options, examination.environment, context.clock ?? systemClock, context)
  try {
    const answered = await runChecks(checksFor(examination), examination)
    for (const text of warnings) output.listener({ type: 'warning', text })
    const checks = answered.map(({ check, answer }) => ({ check: check.title, ...answer }))
    output.listener({ type: 'checks', checks })
    const summary = await summarise(examination, answered)
    output.listener(summary)
    return summary.exitCode
  } finally {
    await examination.close()
    await output.close()
  }
}
