import { expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { type StateFolderInput, stateFolder } from './state-folder.ts'

const input: StateFolderInput = {
  environment: {},
  env: {},
  platform: 'linux',
  home: '/home/ada',
  cwd: '/somewhere',
  requireExplicit: true,
}

test.each<[string, Partial<StateFolderInput>, string]>([
  ['the option wins', { option: 'state', environment: { OFFBOARD_STATE_DIR: '/b' } }, '/somewhere/state'],
  ['then the variable', { environment: { OFFBOARD_STATE_DIR: '/b' }, env: { XDG_STATE_HOME: '/x' } }, '/b'],
  ['then XDG_STATE_HOME', { env: { XDG_STATE_HOME: '/x' } }, '/x/offboard'],
  [
    'a relative XDG_STATE_HOME is ignored',
    { env: { XDG_STATE_HOME: 'x' } },
    '/home/ada/.local/state/offboard',
  ],
  ['then the home folder', {}, '/home/ada/.local/state/offboard'],
  ['CI=false is no CI', { env: { CI: 'false' } }, '/home/ada/.local/state/offboard'],
  ['in CI the option is enough', { env: { CI: 'true' }, option: '/s' }, '/s'],
  ['in CI the variable is enough', { env: { CI: '1' }, environment: { OFFBOARD_STATE_DIR: '/s' } }, '/s'],
  [
    'a run that only reads may use the default in CI',
    { env: { CI: '1' }, requireExplicit: false },
    '/home/ada/.local/state/offboard',
  ],
])('%s', (_, change, folder) => {
  expect(stateFolder({ ...input, ...change })).toBe(folder)
})

test('on Windows it is under LOCALAPPDATA', () => {
  const folder = stateFolder({ ...input, platform: 'win32', env: { LOCALAPPDATA: 'C:\\Users\\ada\\Local' } })
  expect(folder).toContain('C:\\Users\\ada\\Local')
})

test('a real run in CI must say where its state goes', () => {
  expect(() => stateFolder({ ...input, env: { CI: 'true', XDG_STATE_HOME: '/x' } })).toThrow(UsageError)
})
