/**
 * Counts what vitest wrote with its JSON reporter.
 *
 *     node scripts/test-report.ts coverage/tests.json
 */
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'

const vitestReport = z.looseObject({
  testResults: z.array(
    z.looseObject({
      status: z.string(),
      assertionResults: z.array(z.looseObject({ status: z.string() })),
    }),
  ),
})

export interface TestCounts {
  readonly passed: number
  /** Failed tests, and test files that failed before their first test. */
  readonly failed: number
  /** Tests that a file holds and that did not run. */
  readonly skipped: number
}

export function countTests(report: unknown): TestCounts {
  const files = vitestReport.parse(report).testResults
  const outcomes = files.flatMap(({ status, assertionResults }) =>
    assertionResults.length === 0 ? [status] : assertionResults.map((test) => test.status),
  )
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
  const passed = count('passed')
  const failed = count('failed')
  return { passed, failed, skipped: outcomes.length - passed - failed }
}

/** "12 passed, 0 failed", and what was skipped if anything was. A report that is not there counts nothing. */
export function summaryLine(path: string): string {
  if (!existsSync(path)) return '0 passed, 0 failed'
  const { passed, failed, skipped } = countTests(JSON.parse(readFileSync(path, 'utf8')))
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

if (import.meta.main) console.log(summaryLine(process.argv[2] ?? 'coverage/tests.json'))
