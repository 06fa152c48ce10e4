import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GuidedState, Listener } from '../model/events.ts'

/** Writes what goes with the guided steps of a run, such as the letter, beside the journal, and tells where. */
export async function saveAttachments(
  guided: readonly GuidedState[],
  runId: string,
  stateDir: string,
  listener: Listener,
): Promise<void> {
  const folder = join(stateDir, 'letters', runId)
  for (const { id, attachments, outcome } of guided) {
    if (attachments.length === 0 || outcome === 'attested') continue
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const files = attachments.map(({ name }) => join(folder, name))
    await Promise.all(
      attachments.map(({ name, content }) => writeFile(join(folder, name), content, { mode: 0o600 })),
    )
    listener({ type: 'saved', step: id, files })
  }
}
