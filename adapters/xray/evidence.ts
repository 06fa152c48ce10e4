import * as z from 'zod'
import type { SystemReader } from '../../src/model/adapter.ts'
import { OffboardError, RefusedError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { SystemId } from '../../src/model/words.ts'
import { enoughBefore } from './spans.ts'

/** Whether the vendor still scans the organization's mail, and what tells so: one sentence for people. */
export interface Evidence {
  readonly is: 'gone' | 'present' | 'unknown'
  readonly evidence: string
}

const span = z.looseObject({ count: z.number(), newest: z.string().nullable(), complete: z.boolean() })
const scansForm = z.looseObject({ fresh: span, quiet: span, before: span })
const organizationForm = z.looseObject({ active: z.boolean().nullable() })

interface Seen {
  readonly scans: z.infer<typeof scansForm>
  readonly active: boolean | null
}

/** Whether silence has no other cause than a channel that is inactive. */
interface Silence {
  readonly silenceTells: boolean
}

/** The first cases that hold decide. */
function judge({ scans: { fresh, quiet, before }, active }: Seen, { silenceTells }: Silence): Evidence {
  if (fresh.count > 0) return { is: 'present', evidence: `the vendor scanned mail at ${fresh.newest}` }
  if (!fresh.complete)
    return { is: 'unknown', evidence: "the vendor's list of scans could not be read to its end" }
  if (active === false)
    return { is: 'gone', evidence: 'the vendor calls the organization inactive, and scans nothing' }
  if (!silenceTells)
    return {
      is: 'unknown',
      evidence:
        'the vendor scans nothing, as no mail is sent there any more: only its console tells whether it is deactivated',
    }
  if (quiet.count > 0)
    return { is: 'unknown', evidence: `the last hour's mail was still scanned, at ${quiet.newest}` }
  if (!quiet.complete)
    return { is: 'unknown', evidence: "the vendor's list of scans could not be read to its end" }
  if (before.count >= enoughBefore)
    return { is: 'gone', evidence: 'the vendor has scanned nothing for an hour, after a day with mail' }
  return { is: 'unknown', evidence: 'the vendor scans nothing, but too little mail came before to tell' }
}

async function only(xray: SystemReader, kind: string): Promise<JsonObject> {
  const [object] = (await xray.sources.get(kind)?.list()) ?? []
  return object?.properties ?? {}
}

/**
 * What the vendor's own API tells of the console's "Deactivate". Reads only. Whatever it refuses or answers
 * otherwise than expected is 'unknown', with the reason.
 */
async function ask(systems: ReadonlyMap<SystemId, SystemReader>, silence: Silence): Promise<Evidence> {
  const xray = systems.get('xray')
  if (xray === undefined) return { is: 'unknown', evidence: "no token for the vendor's API was given" }
  try {
    const [organization, scans] = await Promise.all([
      only(xray, 'vendor-organization'),
      only(xray, 'vendor-scans'),
    ])
    return judge(
      { scans: scansForm.parse(scans), active: organizationForm.parse(organization).active },
      silence,
    )
  } catch (error) {
    if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
    return { is: 'unknown', evidence: error.said ?? error.message }
  }
}

/** Where the vendor gets at the mail by itself: if it scans none, it is deactivated. */
export function evidence(systems: ReadonlyMap<SystemId, SystemReader>): Promise<Evidence> {
  return ask(systems, { silenceTells: true })
}

/** Where a rule sent the mail there: that it is gone is reason enough for silence. */
export function evidenceBesideMailFlow(systems: ReadonlyMap<SystemId, SystemReader>): Promise<Evidence> {
  return ask(systems, { silenceTells: false })
}
