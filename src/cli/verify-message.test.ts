import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { readMessage, vendorHeaders } from './verify-message.ts'

const folder = mkdtempSync(join(tmpdir(), 'offboard-message-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the vendor’s headers are found in any case, each once, with either line end', () => {
  const message = [
    'From: a@b.example',
    'x-perception-point-spam: PASS',
    'X-Perception-Point-Spam: FAIL',
    'X-PERCEPTION-POINT-VERDICT: CLN',
    '',
    'x',
  ]
  expect(vendorHeaders(message.join('\r\n'))).toEqual([
    'X-PERCEPTION-POINT-SPAM',
    'X-PERCEPTION-POINT-VERDICT',
  ])
  expect(vendorHeaders(message.join('\n'))).toHaveLength(2)
})

test('what stands in the body, or in a folded line of another header, is none', () => {
  const message = 'Subject: one\n X-PERCEPTION-POINT-SPAM: FAIL\nTo: x\n\nX-PERCEPTION-POINT-SPAM: FAIL\n'
  expect(vendorHeaders(message)).toEqual([])
})

test('a file that is not there, and one without headers, are named', () => {
  const empty = join(folder, 'text.eml')
  writeFileSync(empty, 'Hello, this is only text')
  expect(() => readMessage('missing.eml', folder)).toThrow(UsageError)
  expect(() => readMessage('text.eml', folder)).toThrow(/text\.eml/)
})
