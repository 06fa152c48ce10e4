import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../../run/system-clock.ts'
import { withJournal } from '../../state.ts'
import { type DoctorCheck, ok } from '../check.ts'

export const journalCheck: DoctorCheck = {
  id: 'journal',
  title: 'Journal',
  required: true,
  needs: ['state-folder'],
  async look({ stateDir, context }) {
    const path = join(stateDir, 'journal.sqlite')
    if (!existsSync(path)) return ok('none yet; the first run makes it')
    return withJournal(stateDir, context.clock ?? systemClock, async (journal) => {
      const runs = await journal.runs()
      const open = runs.filter(({ state }) => state === 'open').map(({ id }) => id)
      return ok(`${path}; runs: ${runs.length}${open.length === 0 ? '' : `; open: ${open.join(', ')}`}`)
    })
  },
}
