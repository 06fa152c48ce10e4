import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../model/errors.ts'
import { openJournal } from '../open.ts'
import { sampleRun, standingClock } from '../samples.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offboard-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = (path = folder) => openJournal({ folder: path, clock: standingClock().clock })
const errorOf = (path?: string) => open(path).catch((error: unknown) => error)
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

test('folders and files are made for their owner alone, whatever the umask', async () => {
  const before = process.umask(0)
  try {
    const made = join(folder, 'state', 'offboard')
    const journal = await open(made)
    await journal.begin(sampleRun())
    expect(await modeOf(join(folder, 'state'))).toBe(0o700)
    expect(await modeOf(made)).toBe(0o700)
    const files = await readdir(made)
    expect(files.sort()).toEqual(['journal.sqlite', 'journal.sqlite-shm', 'journal.sqlite-wal'])
    for (const file of files) expect(await modeOf(join(made, file))).toBe(0o600)
    await journal.close()
  } finally {
    process.umask(before)
  }
})

test('a folder that others may read is refused, with the remedy', async () => {
  await chmod(folder, 0o755)
  const error = await errorOf()
  expect(error).toBeInstanceOf(UsageError)
  expect(error).toHaveProperty('message', `use ${folder}: others than its owner may use it (mode 0755)`)
  expect(error).toHaveProperty('hint', expect.stringContaining(`chmod 700 "${folder}"`))
  expect(await readdir(folder)).toEqual([])
})

test.each(['journal.sqlite', 'journal.sqlite-wal', 'journal.sqlite-shm'])(
  'a file %s that others may read is refused, with the remedy',
  async (name) => {
    const path = join(folder, name)
    await writeFile(path, '', { mode: 0o600 })
    await chmod(path, 0o640)
    expect(await errorOf()).toBeInstanceOf(UsageError)
    expect(await errorOf()).toHaveProperty('hint', expect.stringContaining(`chmod 600 "${path}"`))
  },
)

test('a folder that cannot be written is named', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  for (const path of [file, join(file, 'state')]) {
    const error = await errorOf(path)
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toHaveProperty('message', expect.stringContaining(path))
    expect(error).toHaveProperty('hint', expect.stringContaining('--state-dir'))
  }
})

test('a folder in the place of the file is named', async () => {
  await mkdir(join(folder, 'journal.sqlite'))
  const error = await errorOf()
  expect(error).toBeInstanceOf(UsageError)
  expect(error).toHaveProperty('message', expect.stringContaining('journal.sqlite'))
})
