import { expect, it } from 'vitest'
import { skipLine, suitesToSkip } from './run-tests.ts'
import type { Need, Suite } from './suites.ts'

const need = (name: string, met: boolean): Need => ({
  name,
  remedy: `install ${name}`,
  isMet: () => Promise.resolve(met),
})
const suite = (name: string, ...needs: Need[]): Suite => ({ name, files: [`${name}/**`], needs })

it('skips exactly the suites with a need that the machine does not meet, and says which', async () => {
  const skips = await suitesToSkip([
    suite('plain'),
    suite('met', need('a', true)),
    suite('unmet', need('a', true), need('b', false), need('c', false)),
  ])
  expect(skips.map(skipLine)).toEqual(['skipped: unmet: needs b (install b); needs c (install c)'])
})
