import { readFileSync } from 'node:fs'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { UsageError } from '../model/errors.ts'
import { clientIdPattern } from './client-id.ts'
import { guidPattern } from './guid.ts'
import { hostName } from './host-name.ts'
import { quoted } from './visible.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4OrCidr = new RegExp(`^${octet}(?:\\.${octet}){3}(?:/(?:2[4-9]|3[0-2]))?$`)

const name = z.string().trim().min(1, 'is empty')
const host = z
  .string()
  .refine((text) => hostName(text.replace(/^\./, '')) !== undefined, 'is not a host name')
  .describe('A host name; with a dot before it, everything below that domain.')
const address = z
  .string()
  .regex(ipv4OrCidr, 'is neither an IPv4 address nor a block of /24 to /32')
  .describe('An IPv4 address, or a block of /24 to /32.')
const app = z
  .string()
  .regex(guidPattern, 'is not an application id (a GUID)')
  .describe('An application id in Entra.')
const client = z
  .string()
  .regex(clientIdPattern, 'is not a client id')
  .describe('A client id of domain-wide delegation at Google.')

/** What `--footprint FILE` holds, in YAML or JSON: what of the vendor's the program does not know by itself. */
export const footprintFileSchema = z
  .strictObject({
    rules: list(name).describe('Names of mail-flow rules.'),
    connectors: list(name).describe('Names of connectors.'),
    hosts: list(host),
    addresses: list(address),
    apps: list(app),
    clients: list(client),
  })
  .describe('More of the footprint: names, hosts, addresses and ids.')

export type FootprintFile = z.output<typeof footprintFileSchema>

/** Reads a footprint file. A UsageError names file, line and column of what is wrong. */
export function readFootprintFile(path: string): FootprintFile {
  const counter = new LineCounter()
  const document = parseDocument(contentOf(path), { lineCounter: counter, prettyErrors: false })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw bad(path, counter, problem.pos[0], problem.message)
  const result = footprintFileSchema.safeParse(document.toJS())
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw bad(path, counter, offsetOf(document, issue), describe(document, issue))
}

function list<Item extends z.ZodType<string>>(item: Item) {
  return z.array(item).readonly().default([])
}

type Issue = z.core.$ZodIssue | undefined

function describe(document: Document, issue: Issue): string {
  if (issue === undefined) return 'is not valid'
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(footprintFileSchema.shape).join(', ')
    return `${quoted(issue.keys[0] ?? '')} is not known here; known are ${known}`
  }
  const value = document.getIn(issue.path)
  if (issue.code !== 'invalid_type') return `${quoted(String(value))} ${issue.message}`
  if (issue.path.length === 0) return 'the file is not a mapping of lists'
  const found = isScalar(value) || !isNode(value) ? quoted(String(value)) : 'this'
  return `${found} is not a ${issue.expected === 'array' ? 'list' : 'text; put it in quotes'}`
}

/** Where in the file an issue lies: at the key for an unknown one, else at the value, or at what holds it. */
function offsetOf(document: Document, issue: Issue): number {
  if (issue?.code === 'unrecognized_keys' && isMap(document.contents)) {
    const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === issue.keys[0])
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0
  }
  const node = document.getIn(issue?.path ?? [], true)
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const said = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new UsageError({ tried: `read --footprint ${path}`, said, hint: 'Give a YAML or JSON file.' })
  }
}

function bad(path: string, counter: LineCounter, offset: number, said: string): UsageError {
  const { line, col } = counter.linePos(offset)
  return new UsageError({
    tried: `read --footprint ${path}, line ${Math.max(line, 1)}, column ${Math.max(col, 1)}`,
    said,
    hint: 'It may hold rules, connectors, hosts, addresses, apps and clients, each a list of texts.',
  })
}
