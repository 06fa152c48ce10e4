import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../model/errors.ts'
import { openJournal } from '../open.ts'
import { sampleRun, standingClock } from '../samples.ts'
import { startChild } from './child.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offboard-store-'))
  path = join(folder, 'journal.sqlite')
})
afterEach(() => rm(folder, { recursive: true }))

const openIt = () => openJournal({ folder, clock: standingClock().clock })

async function filledJournal(runs = 40): Promise<readonly string[]> {
  const journal = await openIt()
  const ids: string[] = []
  for (let run = 0; run < runs; run += 1) {
    const { id } = await journal.begin(sampleRun())
    await journal.append(id, [{ subject: 'rule:X', event: 'intended', data: { of: id } }])
    ids.push(id)
  }
  await journal.close()
  return ids
}

function alter(sql: string): void {
  using database = new DatabaseSync(path)
  database.exec(sql)
}

/** Opening is refused with a UsageError that names the file, and not a byte of it changes. */
async function expectRefusal(said: string, hint: string): Promise<void> {
  const before = await readFile(path)
  const error = await openIt().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  expect(error).toHaveProperty('message', expect.stringContaining(path))
  expect(error).toHaveProperty('message', expect.stringContaining(said))
  expect(error).toHaveProperty('hint', expect.stringContaining('Nothing was changed'))
  expect(error).toHaveProperty('hint', expect.stringContaining(hint))
  expect(await readFile(path)).toEqual(before)
}

test('a file that is no database is left alone', async () => {
  await writeFile(path, 'these are notes, not a journal\n'.repeat(200), { mode: 0o600 })
  await expectRefusal('not a SQLite database', 'Move it aside')
})

test('a damaged file is left alone, what a killed process left beside it too', async () => {
  await filledJournal()
  const { child, said, ended } = startChild(
    folder,
    `const journal = await open(); await journal.lease('contoso'); say('written'); await new Promise((done) => setTimeout(done, 60000))`,
  )
  await said()
  child.kill('SIGKILL')
  await ended
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.alloc(size - 8192, 0x5a), 0, size - 8192, 8192)
  await file.close()
  const log = await readFile(`${path}-wal`)
  await expectRefusal('the file is damaged', 'the backups of earlier runs are inside')
  expect(log.length).toBeGreaterThan(0)
  expect(await readFile(`${path}-wal`)).toEqual(log)
})

test('the database of another program is left alone', async () => {
  await writeFile(path, '', { mode: 0o600 })
  alter('CREATE TABLE customers (name TEXT)')
  await expectRefusal('database of another program', 'Move it aside')
})

test('a file of a newer version is left alone', async () => {
  await filledJournal(1)
  alter('PRAGMA user_version = 99')
  await expectRefusal('a newer offboard wrote it (schema 99', 'Use that version')
})

test.each([
  ['UPDATE run SET plan = substr(plan, 1, 20)', 'its record', 'plan: is not JSON'],
  [`UPDATE run SET plan = json_remove(plan, '$.hash')`, 'its record', 'plan.hash: '],
  [`UPDATE run SET state = 'lost'`, 'its record', 'state: '],
  [`UPDATE run SET settings = '[]'`, 'its record', 'settings: '],
])('a damaged record of a run is named: %s', async (sql, row, said) => {
  const [id] = await filledJournal(1)
  alter(sql)
  const journal = await openIt()
  for (const reading of [journal.run(String(id)), journal.runs()]) {
    const error = await reading.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`run ${id}, ${row}, in the journal ${path}`),
    )
    expect(error).toHaveProperty('message', expect.stringContaining(said))
  }
  await journal.close()
})

test('damaged entries and backups are named', async () => {
  const [id] = await filledJournal(1)
  alter(`
    INSERT INTO entry SELECT run, 2, at, subject, 'unheard-of', data FROM entry;
    INSERT INTO backup VALUES ('${id}', 1, 'rule:X', 'transport-rule', '{"guid":"g"}')
  `)
  const journal = await openIt()
  await expect(journal.entries(String(id))).rejects.toThrow(`run ${id}, entry 2, in`)
  await expect(journal.backups(String(id))).rejects.toThrow(`run ${id}, the backup of rule:X, in`)
  await journal.close()
})

test('entries and backups cannot be altered, nor an open run be deleted, by any statement', async () => {
  await filledJournal(1)
  alter(`INSERT INTO backup SELECT id, 1, 'rule:X', 'transport-rule', '{}' FROM run`)
  expect(() => alter(`UPDATE entry SET event = 'verified'`)).toThrow('an entry stays as it is')
  expect(() => alter(`UPDATE backup SET object = '{"a":1}'`)).toThrow('a backup stays as it is')
  expect(() => alter('DELETE FROM run')).toThrow('an open run stays')
})

test('what was resolved is there after a kill, and entries come with their backups or not at all', async () => {
  const { child, said, ended } = startChild(
    folder,
    `
    const journal = await open()
    const { id } = await journal.begin(${JSON.stringify(sampleRun())})
    for (let number = 0; ; number += 1) {
      const change = 'rule:' + number
      const object = { guid: 'g', name: 'n', properties: {} }
      await journal.append(id, [{ subject: change, event: 'intended' }], [{ change, kind: 'transport-rule', object }])
      say(number)
    }`,
  )
  let last: unknown
  child.on('message', (number) => {
    last = number
  })
  while (Number(last ?? 0) < 25) await said()
  child.kill('SIGKILL')
  await ended
  const journal = await openIt()
  const [run] = await journal.runs()
  const intended = (await journal.entries(String(run?.id))).map(({ subject }) => subject)
  expect(intended.length).toBeGreaterThan(Number(last))
  expect((await journal.backups(String(run?.id))).map(({ change }) => change)).toEqual(intended)
  await journal.close()
})

test('many processes that open, write and close at once never find it locked', async () => {
  const script = `
    for (let round = 0; round < 12; round += 1) {
      const journal = await open()
      const { id } = await journal.begin(${JSON.stringify(sampleRun())})
      await journal.append(id, [{ subject: 'run', event: 'began' }])
      await journal.close()
    }`
  const children = Array.from({ length: 5 }, () => startChild(folder, script))
  const codes = await Promise.all(children.map(async ({ ended }) => (await ended)[0]))
  expect(codes).toEqual([0, 0, 0, 0, 0])
  const journal = await openIt()
  expect(await journal.runs()).toHaveLength(60)
  await journal.close()
})
