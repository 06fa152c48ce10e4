import { expect, test } from 'vitest'
import type { JsonObject } from '../../../model/json.ts'
import { judgePolicy } from './mail.ts'

function judged(properties: JsonObject) {
  const policy = { guid: 'contoso.com', name: 'contoso.com', properties }
  return judgePolicy(policy, ['mail.contoso.com', 'backup.contoso.com'])
}

test('no policy is ok', () => {
  expect(judged({ state: 'none', mode: '', mx: [] }).ok).toBe('ok')
})

test('one that permits every host is ok', () => {
  expect(judged({ state: 'read', mode: 'enforce', mx: ['*.contoso.com'] }).ok).toBe('ok')
})

test('an enforced one that permits not all of them: senders would refuse, and what to add', () => {
  const answer = judged({ state: 'read', mode: 'enforce', mx: ['mail.contoso.com'] })
  expect(answer).toMatchObject({
    ok: 'missing',
    detail: expect.stringContaining('does not permit backup.contoso.com'),
    remedy: expect.stringContaining('_mta-sts.contoso.com'),
  })
})

test('one in testing does no harm, and is told', () => {
  const answer = judged({ state: 'read', mode: 'testing', mx: ['in.vendor.example'] })
  expect(answer).toMatchObject({ ok: 'ok', detail: expect.stringContaining('does not permit') })
})

test('one that could not be read is not known', () => {
  expect(judged({ state: 'unreadable', mode: '', mx: [], reason: 'no answer' })).toMatchObject({
    ok: 'unknown',
    detail: 'not read: no answer',
  })
})
