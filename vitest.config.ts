import { defineConfig } from 'vitest/config'
import { suites } from './scripts/suites.ts'

export default defineConfig({
  test: {
    include: suites.flatMap((suite) => suite.files),
    pool: 'forks',
    testTimeout: 60_000,
    // A busy machine is no failure: what is waited for ends a test only when it does not come at all.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'adapters/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: 'coverage',
    },
  },
})
