import { expect, test } from 'vitest'
import type { GuidedState } from '../model/events.ts'
import { toCopy } from '../model/to-copy.ts'
import { guidedText } from './guided-text.ts'

const command = `grep -rn ${'192.0.2.10|'.repeat(20)} /etc/postfix`
const step: GuidedState = {
  id: 'allow-lists',
  title: 'Take the addresses out',
  optional: false,
  outcome: 'action-required',
  link: 'https://vendor.example/',
  instructions: ['Look where they are:', toCopy(command), 'Take them out.'],
  locked: [],
  attachments: [],
}

test('what is to be copied stays whole on a line of its own, and has no number', () => {
  const lines = guidedText(step, { columns: 60, color: false, verbose: false }).split('\n')
  expect(lines.map((line) => line.trim())).toContain(command)
  expect(lines.filter((line) => /^ *\d+\. /.test(line)).map((line) => line.trim())).toEqual([
    '1. Look where they are:',
    '2. Take them out.',
  ])
})
