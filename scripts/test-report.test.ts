import { expect, it } from 'vitest'
import { countTests, summaryLine } from './test-report.ts'

const file = (status: string, ...tests: string[]): object => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

it('counts the tests, and as one failure a file that failed before its first test', () => {
  const report = {
    testResults: [
      file('failed', 'passed', 'failed', 'passed'),
      file('failed'),
      file('passed', 'skipped', 'todo'),
    ],
  }
  expect(countTests(report)).toEqual({ passed: 2, failed: 2, skipped: 2 })
})

it('refuses a report of another form', () => {
  expect(() => countTests({ results: [] })).toThrow()
})

it('counts nothing where there is no report', () => {
  expect(summaryLine('no/such/report.json')).toBe('0 passed, 0 failed')
})
