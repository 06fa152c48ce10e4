import type { RunEvent } from '../../model/events.ts'
import type { RunRecord } from '../../model/journal.ts'
import { samplePlan } from './plan.ts'

/** A run of that plan, for tests. */
const sampleRun: RunRecord = {
  id: '20261124-081107-k3f9',
  state: 'ended',
  outcome: 'action-required',
  plan: samplePlan,
  approval: { hash: samplePlan.hash, how: 'typed', who: 'ada', at: '2026-11-24T08:11:07.000Z' },
  settings: { exchange: 'rest' },
  startedAt: '2026-11-24T08:11:07.000Z',
  updatedAt: '2026-11-24T09:10:00.000Z',
}

/** One event of each type but the plan and the summary, for tests. */
export const sampleEvents: readonly RunEvent[] = [
  { type: 'reading', tenant: 'contoso.onmicrosoft.com', title: 'mail flow' },
  { type: 'run', runId: '20261124-081107-k3f9', resumed: false },
  { type: 'step', id: 'drain', title: 'Stop the redirect' },
  { type: 'change', id: 'drain:Redirect Rule', name: 'Redirect Rule', outcome: 'applied' },
  { type: 'change', id: 'drain:Redirect Rule', name: 'Redirect Rule', outcome: 'verified' },
  {
    type: 'wait',
    id: 'drain-wait',
    title: 'Wait until the scanner has given back all mail',
    state: 'waiting',
    until: '2026-11-24T08:41:07.000Z',
    evidence: 'mail still comes back',
  },
  {
    type: 'wait',
    id: 'drain-wait',
    title: 'Wait until the scanner has given back all mail',
    state: 'over',
    until: '2026-11-24T08:41:07.000Z',
    evidence: 'no mail for 10 minutes',
  },
  { type: 'retry', reason: 'the service is throttled', waitMs: 12_000 },
  { type: 'warning', text: 'the answer was empty' },
  {
    type: 'change',
    id: 'rule:Junk Rule (High)',
    name: 'Junk Rule (High)',
    outcome: 'failed',
    detail: 'it is still as before',
  },
  {
    type: 'guided',
    step: {
      id: 'vendor-console',
      title: 'Deactivate',
      optional: false,
      outcome: 'action-required',
      link: 'https://vendor.example/console',
      instructions: ['Sign in.', 'Click Deactivate.'],
      locked: [],
      attachments: [],
    },
  },
  {
    type: 'guided',
    step: {
      id: 'verified-domains',
      title: 'Send the letter',
      optional: true,
      outcome: 'attested',
      link: 'mailto:support@vendor.example',
      instructions: [],
      locked: [],
      attachments: [{ name: 'letter.txt', content: 'Hello' }],
      attested: { by: 'Ada', at: '2026-11-24T09:00:00.000Z', note: 'ticket 7' },
    },
  },
  { type: 'saved', step: 'verified-domains', files: ['/state/letter.eml'] },
  {
    type: 'found',
    present: [{ id: 'rule:Spam', kind: 'transport-rule', name: 'Spam', reason: 'name and content' }],
    lookalikes: samplePlan.lookalikes,
    leftovers: samplePlan.leftovers,
    unread: samplePlan.unread,
  },
  { type: 'history', runs: [sampleRun] },
  {
    type: 'show',
    run: sampleRun,
    entries: [
      { seq: 1, at: '2026-11-24T08:11:08.000Z', subject: 'drain:Redirect Rule', event: 'intended' },
      { seq: 2, at: '2026-11-24T08:11:09.000Z', subject: 'drain:Redirect Rule', event: 'applied' },
      { seq: 3, at: '2026-11-24T08:11:10.000Z', subject: 'drain:Redirect Rule', event: 'verified' },
      {
        seq: 4,
        at: '2026-11-24T08:41:10.000Z',
        subject: 'drain-wait',
        event: 'verified',
        data: { evidence: 'no mail for 10 minutes' },
      },
      {
        seq: 5,
        at: '2026-11-24T09:00:00.000Z',
        subject: 'vendor-console',
        event: 'attested',
        data: { by: 'Ada', note: 'ticket 7' },
      },
      {
        seq: 6,
        at: '2026-11-24T09:10:00.000Z',
        subject: 'run',
        event: 'note',
        data: { verification: 'clean' },
      },
    ],
  },
  {
    type: 'checks',
    checks: [
      { check: 'Tenant', ok: 'ok', detail: 'contoso.onmicrosoft.com' },
      {
        check: 'May delete the connectors',
        ok: 'missing',
        detail: 'Remove-InboundConnector',
        remedy: 'Grant the role:\nNew-ManagementRoleAssignment -Role "Remote and Accepted Domains" -App ID',
      },
      { check: 'DNS', ok: 'unknown', detail: '' },
    ],
  },
  { type: 'pruned', runs: ['20250101-000000-aaaa'] },
]
