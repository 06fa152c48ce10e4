import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeJournal } from '../conformance.ts'
import { openJournal } from '../open.ts'

describeJournal('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offboard-journal-'))
  return {
    open: (clock) => openJournal({ folder, clock }),
    remove: () => rm(folder, { recursive: true }),
  }
})
