import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requests } from '../../adapters/google-workspace/requests.ts'
import { googleRequestTable, scopeLine, scopeTable } from './google-scopes.ts'

const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')

test('the page holds the tables and the line of scopes that are made from the requests', () => {
  for (const text of [scopeTable(), googleRequestTable(), scopeLine()]) expect(page).toContain(text)
})

test('every request has a purpose that the page explains', () => {
  for (const { scope } of requests) expect(scopeTable()).toContain(`\`${scope}\``)
})

test('the line of scopes lets nothing be written but the consents of users', () => {
  const scopes = scopeLine().split(',')
  expect(scopes.filter((scope) => !scope.endsWith('.readonly'))).toEqual([
    'https://www.googleapis.com/auth/admin.directory.user.security',
  ])
})
