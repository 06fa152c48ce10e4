import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { createLogger } from './log.ts'
import { temporaryFolder } from './temporary-folder.ts'

const scrub = (line: string) => line.replaceAll('CANARY', '[secret]')

test('lines are JSON, scrubbed, in a file for its owner only', async () => {
  using folder = temporaryFolder()
  const file = folder.write('log', 'earlier\n')
  const log = await createLogger({ level: 'info', file, scrub })
  log.info({ headers: { authorization: 'Bearer other' }, tenant: 'contoso.com' }, 'sent CANARY')
  log.error({ err: new Error('it said CANARY') }, 'failed')
  log.debug('not at this level')
  const [earlier, first, second, end] = readFileSync(file, 'utf8').split('\n')
  expect(earlier).toBe('earlier')
  expect(JSON.parse(first ?? '')).toMatchObject({
    headers: { authorization: '[secret]' },
    tenant: 'contoso.com',
    msg: 'sent [secret]',
  })
  expect(JSON.parse(second ?? '')).toMatchObject({ err: { message: 'it said [secret]' } })
  expect(end).toBe('')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('without a file they go to stderr', () => {
  const script = `const { createLogger } = await import(${JSON.stringify(new URL('./log.ts', import.meta.url).href)})
    const log = await createLogger({ level: 'info', scrub: (line) => line.replaceAll('CANARY', '') })
    log.info('shown CANARY')
    process.exit(3)`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect([stdout, status]).toEqual(['', 3])
  expect(stderr).toContain('"msg":"shown "')
})

test('a device is left as it is', async () => {
  const before = statSync('/dev/null').mode
  await createLogger({ level: 'info', file: '/dev/null', scrub })
  expect(statSync('/dev/null').mode).toBe(before)
})

test('a file that cannot be written is refused by name', async () => {
  await expect(createLogger({ level: 'info', file: '/nowhere/log', scrub })).rejects.toThrow(UsageError)
  await expect(createLogger({ level: 'info', file: '/nowhere/log', scrub })).rejects.toThrow(
    '--log-file /nowhere/log',
  )
})
