import type { WaitStep } from '../../model/platform.ts'
import type { WaitAnswer, WaitContext } from '../../model/wait.ts'

const minute = 60_000

/** The admin log usually shows an act by then: https://support.google.com/a/answer/7061566 */
const auditLagMs = 30 * minute

async function isShown({ now, since, unproven }: WaitContext): Promise<WaitAnswer> {
  const passed = now.getTime() - since.getTime()
  if (unproven.length === 0) return { is: 'over', evidence: 'all before it is proven' }
  const what = `the audit log has nothing yet of ${unproven.join(', ')}`
  if (passed < auditLagMs) return { is: 'not-yet', evidence: `${what}; it may be behind` }
  return { is: 'over', evidence: `${what}; that is looked for again later` }
}

/** Until the deleted rule is out of effect everywhere, mail still goes to the vendor, who must go on scanning it. */
export const effect: WaitStep = {
  id: 'effect',
  title: 'Wait until the changes have come into effect',
  kind: 'wait',
  why: 'changes of Gmail’s settings take up to 24 hours to come into effect everywhere',
  after: ['delegation', 'compliance-rule', 'host', 'inbound-gateway'],
  plan(_changes, { effectWaitMs }) {
    return {
      id: this.id,
      title: this.title,
      atLeastMs: effectWaitMs,
      atMostMs: effectWaitMs + 2 * auditLagMs,
      unreadableMs: effectWaitMs,
    }
  },
  until: isShown,
}
