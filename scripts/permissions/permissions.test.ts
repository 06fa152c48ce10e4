import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCmdlets, writeCmdlets } from '../../adapters/exchange-online/cmdlets.ts'
import { authMethodIds } from '../../src/auth/method.ts'
import { deedTable, granted, levels, requestTable } from './graph-permissions.ts'

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const grant = text('Grant-OffboardAccess.ps1')
const revoke = text('Revoke-OffboardAccess.ps1')
const page = text('../../docs/permissions.md')

test('the script checks exactly the cmdlets that the program runs', () => {
  const lists = [...grant.matchAll(/^\$(?:cmdlets|writeCmdlets|leftoverCmdlets) = @\(([^)]*)\)/gm)]
  const checked = lists.flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name))
  expect(checked.toSorted()).toEqual([...readCmdlets, ...writeCmdlets].toSorted())
})

test('what one script makes the other knows', () => {
  for (const name of ['mark', 'displayName']) {
    const line = new RegExp(`^\\$${name} = .*$`, 'm')
    expect(revoke.match(line)?.[0]).toBe(grant.match(line)?.[0])
  }
})

test('both are plain ASCII, as Windows PowerShell reads them', () => {
  expect(grant + revoke).toMatch(/^[\t\n -~]*$/)
})

test('the scripts grant, and take away, exactly what Microsoft Graph is asked for', () => {
  const [, table = ''] = /^\$graphLevels = \[ordered\] @\{([^}]*)\}/m.exec(grant) ?? []
  const given: string[] = []
  for (const level of levels) {
    const [, list = ''] = new RegExp(`^ {4}${level} += @\\(([^)]*)\\)`, 'm').exec(table) ?? []
    given.push(...[...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name))
    expect(given.toSorted()).toEqual(granted(level))
  }
  const [, taken = ''] = /^\$graphGiven = @\(([^)]*)\)/m.exec(revoke) ?? []
  expect([...taken.matchAll(/'([^']+)'/g)].map(([, name]) => name)).toEqual(given)
})

test('the page holds the tables that are made from the requests', () => {
  expect(page).toContain(deedTable())
  expect(page).toContain(requestTable())
})

test('the page names every role that is granted and every --auth', () => {
  const roles = [...grant.matchAll(/'((?:View-Only|Transport|Remote and|Message) [A-Z][A-Za-z ]+)'/g)].map(
    ([, role]) => role,
  )
  expect(new Set(roles).size).toBe(6)
  for (const role of roles) expect(page).toContain(role)
  for (const id of authMethodIds) expect(page).toContain(`| \`${id}\` |`)
})
