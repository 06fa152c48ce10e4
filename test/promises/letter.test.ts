import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

/** The letter of the world's only run; undefined when none was written. */
function letterOf({ stateDir }: World, runId: string | null): { text: string; mail: string } | undefined {
  const folder = join(stateDir, 'letters', runId ?? '')
  try {
    if (readdirSync(folder).length !== 2) return undefined
  } catch {
    return undefined
  }
  const read = (ending: string) => readFileSync(join(folder, `verified-domains.${ending}`), 'utf8')
  return { text: read('txt'), mail: read('eml') }
}

test('names all domains, accepted ones and those that only the directory has proven, and what DNS holds', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const { summary } = await world.run('--yes', '--drain', '0')
  const letter = letterOf(world, summary.runId)
  for (const part of [
    'contoso.onmicrosoft.com (tenant id ',
    '  - contoso.com\n',
    '  - fabrikam.com\n',
    '  - _amazonses.contoso.com  TXT  pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU=\n',
  ])
    expect(letter?.text).toContain(part)
  expect(letter?.text).not.toContain('  - contoso.onmicrosoft.com')
  expect(letter?.text, 'not proven yet').not.toContain('pending.contoso.com')
  expect(letter?.mail).toContain('\r\n  - fabrikam.com\r\n')
})

test('says nothing of DNS where nothing is, or nothing could be read', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  await world.control.act('break-dns', { domain: 'contoso.com' })
  const { summary } = await world.run('--yes', '--drain', '0')
  expect(letterOf(world, summary.runId)?.text).toContain('contoso.com')
  expect(letterOf(world, summary.runId)?.text).not.toContain('TXT')
})

test('is not written while rules or connectors are there', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  await world.control.fail({ kind: 'denied', cmdlet: 'Remove-InboundConnector', times: 9 })
  const { summary, exitCode } = await world.run('--yes', '--drain', '0')
  expect(exitCode).toBe(1)
  expect(letterOf(world, summary.runId)).toBeUndefined()
})
