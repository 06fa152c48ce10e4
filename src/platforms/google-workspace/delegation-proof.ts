import { type DelegationEvidence, delegationEvidence } from '../../../adapters/google-workspace/evidence.ts'
import type { CheckContext, Evidence, GuidedStep } from '../../model/platform.ts'

/** What decides of several clients: one that is still there, then one of which nothing is known. */
const worst = ['present', 'unknown', 'gone'] as const

function together(
  found: readonly (DelegationEvidence & { readonly client: string })[],
): Evidence | undefined {
  const is = worst.find((one) => found.some((evidence) => evidence.is === one))
  const deciding = found.filter((evidence) => evidence.is === is)
  const [first] = deciding
  if (first === undefined) return undefined
  const sentences = deciding.map(({ client, evidence }) => `${client}: ${evidence}`)
  return { is: first.is, evidence: sentences.join('; '), rests: first.rests }
}

/** Whether the clients that were named still act for the domain, as the audit logs have it. */
export const delegationProof: NonNullable<GuidedStep['check']> = async (
  systems,
  { footprint, now, since }: CheckContext,
) => {
  const google = systems.get('google-workspace')
  const asked = { now, ...(since === undefined ? {} : { since }) }
  const found = await Promise.all(
    footprint.clients.map(async (client) => ({
      client,
      ...(await delegationEvidence(google, { ...asked, client })),
    })),
  )
  return (
    together(found) ?? {
      is: 'unknown',
      evidence:
        'the id of its client was not named, so the audit log cannot be asked: --delegation-client ID',
      rests: 'nothing',
    }
  )
}
