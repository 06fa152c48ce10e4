import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { filesLoadedBy, packagesIn } from '../../bench/startup-packages.ts'
import { runProgram } from '../support/program.ts'
import { root } from './sources.ts'

const program = join(root, 'dist', 'offboard.js')
const folder = mkdtempSync(join(tmpdir(), 'offboard-clients-'))
const where = ['--sandbox', '--region', 'eu', '--state-dir', folder]
const elsewhere = ['--sandbox', '--region', 'eu', '--state-dir', join(folder, 'other')]
const back = ['--previous-mx', '10 mail.contoso.com']

afterAll(async () => {
  for (const one of [folder, join(folder, 'other')])
    await runProgram(['sandbox', 'stop', '--state-dir', one], {})
  rmSync(folder, { recursive: true, force: true })
})

const clients = {
  cloudflare: 'cloudflare',
  route53: '@aws-sdk/client-route-53',
  azure: '@azure/arm-dns',
  google: 'googleapis',
}

function clientsLoadedBy(...args: readonly string[]): readonly string[] {
  const packages = packagesIn(filesLoadedBy(program, ['plan', ...args]))
  return packages.filter((name) => Object.values(clients).includes(name))
}

test('off-boarding Microsoft 365 loads no client of a DNS provider', () => {
  expect(clientsLoadedBy('--platform', 'm365-inline', ...where)).toEqual([])
})

test('where a person writes the zone, no client is loaded', () => {
  expect(clientsLoadedBy('--platform', 'other', ...back, ...elsewhere)).toEqual([])
})

test.each(Object.entries(clients))('--dns %s loads its own client alone', (provider, client) => {
  expect(clientsLoadedBy('--platform', 'other', '--dns', provider, ...back, ...elsewhere)).toEqual([client])
})
