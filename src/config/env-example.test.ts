import { copyFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envExample } from './env-example.ts'
import { readEnvironment } from './environment.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { variables } from './variables.ts'

const path = new URL('../../.env.example', import.meta.url).pathname

test('.env.example is made from the table (vitest run src/config -u writes it)', async () => {
  await expect(envExample()).toMatchFileSnapshot(path)
})

test('.env.example names every variable', () => {
  for (const name of variables.keys()) expect(envExample()).toContain(`${name}=`)
})

test('a copy of .env.example is a .env that sets nothing', () => {
  using folder = temporaryFolder()
  copyFileSync(path, `${folder.path}/.env`)
  expect(readEnvironment({ env: {}, cwd: folder.path, allowEndpoints: [], cloud: 'global' })).toEqual({})
})
