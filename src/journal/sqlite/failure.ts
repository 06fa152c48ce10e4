import { UsageError } from '../../model/errors.ts'

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const code = { BUSY: 5, LOCKED: 6, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 }

const keep = (path: string) =>
  `Nothing was changed. Move it aside, with "${path}-wal" if that is there, and keep it: the backups of earlier runs are inside it, and "sqlite3 ${path} .recover" may still read them.`

/** What to say of a failure that the machine or the file has caused. */
const failures: ReadonlyMap<number, { readonly said: string; readonly hint: (path: string) => string }> =
  new Map([
    [code.CORRUPT, { said: 'the file is damaged', hint: keep }],
    [code.NOTADB, { said: 'the file is not a SQLite database', hint: keep }],
    [code.FULL, { said: 'the disk is full', hint: () => 'Make room, then go on with `offboard resume`.' }],
    [
      code.IOERR,
      { said: 'the disk answered with an error', hint: () => 'Look at the disk before you go on.' },
    ],
    [code.READONLY, { said: 'it cannot be written', hint: () => 'Give yourself the right to write it.' }],
    [
      code.CANTOPEN,
      { said: 'it cannot be opened', hint: () => 'Give yourself the right to write its folder.' },
    ],
    [code.BUSY, { said: 'another program keeps it locked', hint: () => 'End the program that has it open.' }],
  ])

/** Someone else is at the file for a moment: worth another try. */
export function isBusy(error: unknown): boolean {
  const number = primaryCode(error)
  return number === code.BUSY || number === code.LOCKED
}

/** A UsageError for what the machine or the file has caused; anything else is a bug, and comes back as it is. */
export function explained(error: unknown, path: string): unknown {
  const failure = failures.get(primaryCode(error) ?? -1)
  if (failure === undefined) return error
  const { said, hint } = failure
  return new UsageError({ tried: `use the journal ${path}`, said, hint: hint(path), cause: error })
}

/** What the file holds is not what this program can go on with. */
export function damaged(path: string, said: string): UsageError {
  return new UsageError({ tried: `use the journal ${path}`, said, hint: keep(path) })
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined
  return error.errcode & 0xff
}
