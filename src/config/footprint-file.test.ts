import { expect, test } from 'vitest'
import * as z from 'zod'
import { UsageError } from '../model/errors.ts'
import { footprintFileSchema, readFootprintFile } from './footprint-file.ts'
import { temporaryFolder } from './temporary-folder.ts'

function read(content: string) {
  using folder = temporaryFolder()
  return readFootprintFile(folder.write('footprint.yaml', content))
}

const nothing = { rules: [], connectors: [], hosts: [], addresses: [], apps: [], clients: [] }

test('YAML', () => {
  const content = `
rules: [Old Redirect]   # the first set-up
connectors:
  - "Scanning: old"
hosts: [scan.example.com, .vendor.example]
addresses: [192.0.2.1, 198.51.100.0/24]
apps: [11111111-2222-3333-4444-555555555555]
clients: ["106829384756"]
`
  expect(read(content)).toEqual({
    rules: ['Old Redirect'],
    connectors: ['Scanning: old'],
    hosts: ['scan.example.com', '.vendor.example'],
    addresses: ['192.0.2.1', '198.51.100.0/24'],
    apps: ['11111111-2222-3333-4444-555555555555'],
    clients: ['106829384756'],
  })
})

test('JSON, indented with tabs', () => {
  expect(read('{\n\t"rules": [\n\t\t"A"\n\t]\n}\n')).toEqual({ ...nothing, rules: ['A'] })
})

test.each([
  ['an unknown key', 'rules: [A]\nrulez: [B]\n', 2, 1, /"rulez" is not known/],
  ['a number where a text belongs', 'clients:\n  - 106829384756\n', 2, 5, /put it in quotes/],
  ['no list', 'hosts: scan.example.com\n', 1, 8, /"scan.example.com" is not a list/],
  ['no address', 'addresses:\n  - 192.0.2.1\n  - 300.0.2.1\n', 3, 5, /"300.0.2.1"/],
  ['too large a block', 'addresses: [10.0.0.0/8]\n', 1, 13, /10\.0\.0\.0\/8/],
  ['an IPv6 address', 'addresses: ["2001:db8::1"]\n', 1, 13, /2001:db8::1/],
  ['no host', 'hosts: ["https://scan.example.com"]\n', 1, 9, /not a host name/],
  ['an empty name', 'rules: ["A", " "]\n', 1, 14, /is empty/],
  ['no app id', 'apps: [vendor]\n', 1, 8, /GUID/],
  ['a key twice', 'rules: [A]\nrules: [B]\n', 2, 1, /unique/i],
  ['broken YAML', 'rules: [A\nhosts: []\n', 2, 1, /./],
  ['a list', '- A\n', 1, 1, /mapping/],
  ['an empty file', '', 1, 1, /mapping/],
  ['an unknown tag', 'rules: !!js/function [A]\n', 1, 8, /./],
])('%s is refused with its place', (_, content, line, column, said) => {
  expect(() => read(content)).toThrow(UsageError)
  expect(() => read(content)).toThrow(new RegExp(`--footprint .*, line ${line}, column ${column}: `))
  expect(() => read(content)).toThrow(said)
})

test('a file that is not there is refused by name', () => {
  expect(() => readFootprintFile('/nowhere/f.yaml')).toThrow('read --footprint /nowhere/f.yaml: ENOENT')
})

test('its schema can be shipped as JSON Schema', () => {
  expect(z.toJSONSchema(footprintFileSchema, { io: 'input' })).toMatchObject({ additionalProperties: false })
})
