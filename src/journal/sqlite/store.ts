import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import { UsageError } from '../../model/errors.ts'
import { damaged, explained, isBusy } from './failure.ts'
import { applicationId, migrations } from './migrations.ts'

/** SQLite waits this long by itself, and nothing else runs meanwhile; we then wait on, without holding things up. */
const nativeWaitMs = 200
const patienceMs = 30_000
const pauseMs = 20

/**
 * `synchronous` and the two `fullfsync` put a commit on the disk itself before it returns; what is deleted is
 * overwritten.
 */
const settings = `
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA secure_delete = ON;
`

type Row = Readonly<Record<string, unknown>>

/** One statement, at once. */
export interface Session {
  all(sql: string, parameters?: Readonly<Record<string, SQLInputValue>>): readonly Row[]
  /** How many rows it changed. */
  run(sql: string, parameters?: Readonly<Record<string, SQLInputValue>>): number
}

/** The open file. Work is done at once, in one transaction, and again from its beginning when the file was busy. */
export interface Store {
  readonly path: string
  read<T>(work: (session: Session) => T): Promise<T>
  /** What it has resolved is on the disk. */
  write<T>(work: (session: Session) => T): Promise<T>
  close(): void
}

/**
 * Opens the file and brings its schema up to date. It is looked at before without any right to write. Throws a
 * UsageError that names the file when it is damaged, another program's, or of a newer version.
 */
export async function openStore(path: string): Promise<Store> {
  const patiently = <T>(work: () => T) => untilFree(path, work)
  await patiently(() => inspect(path))
  const database = await patiently(() => openForWriting(path))
  const session = sessionOn(database)
  return {
    path,
    read: (work) => patiently(() => transaction(database, 'BEGIN', () => work(session))),
    write: (work) => patiently(() => transaction(database, 'BEGIN IMMEDIATE', () => work(session))),
    close: () => {
      if (database.isOpen) database.close()
    },
  }
}

function inspect(path: string): void {
  using database = new DatabaseSync(path, { readOnly: true, timeout: nativeWaitMs })
  const verdict = sessionOn(database).all('PRAGMA quick_check(1)')[0]?.quick_check
  if (verdict !== 'ok') throw damaged(path, `the file is damaged: ${verdict}`)
  const version = pragma(database, 'user_version')
  if (pragma(database, 'application_id') !== applicationId && !isEmpty(database)) {
    throw damaged(path, 'the file is a database of another program')
  }
  if (version > migrations.length) {
    throw new UsageError({
      tried: `use the journal ${path}`,
      said: `a newer offboard wrote it (schema ${version}, this one knows ${migrations.length})`,
      hint: 'Nothing was changed. Use that version, or another folder with --state-dir.',
    })
  }
}

function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: nativeWaitMs })
  try {
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode
    if (mode !== 'wal') throw notLocal(path)
    database.exec(settings)
    if (pragma(database, 'user_version') < migrations.length)
      transaction(database, 'BEGIN IMMEDIATE', () => migrate(database))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function notLocal(path: string): UsageError {
  return new UsageError({
    tried: `use the journal ${path}`,
    said: 'its file system does not let several processes share it safely',
    hint: 'Name a folder on a local disk with --state-dir.',
  })
}

function migrate(database: DatabaseSync): void {
  for (const migration of migrations.slice(pragma(database, 'user_version'))) database.exec(migration)
  database.exec(`PRAGMA user_version = ${migrations.length}`)
}

function isEmpty(database: DatabaseSync): boolean {
  return sessionOn(database).all('SELECT 1 FROM sqlite_schema LIMIT 1').length === 0
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return z.number().parse(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

function sessionOn(database: DatabaseSync): Session {
  return {
    all: (sql, parameters = {}) => database.prepare(sql).all(parameters),
    run: (sql, parameters = {}) => Number(database.prepare(sql).run(parameters).changes),
  }
}

function transaction<T>(database: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  database.exec(begin)
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

async function untilFree<T>(path: string, work: () => T): Promise<T> {
  const end = performance.now() + patienceMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw explained(error, path)
    }
    await delay(pauseMs * (1 + Math.random()))
  }
}
