import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WriteCmdlet, writeCmdlets } from '../../adapters/exchange-online/cmdlets.ts'
import type { Transport } from '../../adapters/exchange-online/transport.ts'
import type { SystemWriter } from '../../src/model/adapter.ts'
import { OffboardError } from '../../src/model/errors.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { signatureOf } from '../../src/sandbox/exchange/signatures.ts'
import { approvalFor, resourceOf } from '../support/exchange-tenant.ts'
import { testEngines } from './engine.ts'
import { type PowerShellTenant, startPowerShellTenant } from './tenant.ts'

const hostile = fc.constantFrom(
  '"',
  "'",
  "''",
  '`',
  '`n',
  '$()',
  '$(exit 9)',
  '$env:PATH',
  '@{Add="x"}',
  ';',
  '|',
  '; exit 9 | & {} #',
  '\r\n',
  '\n\n',
  'a\tb',
  '\0',
  'a\0b',
  '‘’‚‛“”„',
  '\u2028\u2029\u0085',
  '\ufeff\ufffe\uffff',
  '漢字é🙂👩‍👧‍👦',
  '*',
  '?[a-z]',
  '@@x:eA==@@',
  '@@offboard-engine 7.6.0@@',
  '-Confirm:$true',
  '2026-11-24T10:00:00Z',
  '{"@odata.type":"x"}',
  'true',
  '0',
  '',
  ' ',
  'n'.repeat(64),
)
const text = fc.oneof(hostile, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
const someText = text.filter((value) => value !== '')

/** Types of parameters that are no text. */
const notText = /^(?:Boolean|SwitchParameter|DateTime|Guid|Int32|Hashtable\[\])!?$/

interface TextParameter {
  readonly cmdlet: WriteCmdlet
  readonly name: string
  readonly takes: 'text' | 'list' | 'list or change'
  readonly mandatory: readonly string[]
}

function takes(type: string): TextParameter['takes'] {
  if (type.startsWith('MultiValuedProperty')) return 'list or change'
  return /\[\]!?$/.test(type) ? 'list' : 'text'
}

const textParameters: readonly TextParameter[] = writeCmdlets.flatMap((cmdlet) => {
  const signature = Object.entries(signatureOf(cmdlet))
  const mandatory = signature.filter(([, type]) => type.endsWith('!')).map(([name]) => name)
  return signature
    .filter(([, type]) => !notText.test(type))
    .map(([name, type]) => ({ cmdlet, name, takes: takes(type), mandatory }))
})

const list = fc.array(text, { maxLength: 4 })
const change = fc.record({ Add: list, Remove: list }, { requiredKeys: [] })
const values: Readonly<Record<TextParameter['takes'], fc.Arbitrary<Json>>> = {
  text,
  list,
  'list or change': fc.oneof(text, list, change),
}

interface SentCommand {
  readonly cmdlet: WriteCmdlet
  readonly parameters: JsonObject
}

const command: fc.Arbitrary<SentCommand> = fc
  .constantFrom(...textParameters)
  .chain(({ cmdlet, name, takes, mandatory }) =>
    fc.tuple(mandatory.includes(name) ? someText : values[takes], someText).map(([sent, required]) => {
      const needed = Object.fromEntries(mandatory.map((parameter) => [parameter, required]))
      return { cmdlet, parameters: { ...needed, [name]: sent, Confirm: false } }
    }),
  )

/** A recorded command, without the mark that the wire puts on a change to a list. */
function unmarked({ cmdlet, parameters }: Omit<SentCommand, 'cmdlet'> & { readonly cmdlet: string }) {
  const isMark = (name: string, value: unknown) =>
    name === '@odata.type' && value === '#Exchange.GenericHashTable'
  return {
    cmdlet,
    parameters: JSON.parse(JSON.stringify(parameters), (name, value) =>
      isMark(name, value) ? undefined : value,
    ),
  }
}

describe.each(await testEngines())('on $name', (engine) => {
  let tenant: PowerShellTenant
  let transport: Transport
  let rest: SystemWriter

  beforeAll(async () => {
    tenant = await startPowerShellTenant(engine)
    transport = tenant.transport()
    const { tenantId } = tenant.sandbox.endpoints
    rest = await tenant.adapter().openForWriting({ asked: tenantId }, approvalFor(tenantId))
  })

  afterAll(async () => {
    await tenant[Symbol.asyncDispose]()
  })

  it('law, 600 commands: every text that is sent arrives as it is, whatever parameter it is for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 30, maxLength: 30 }), async (commands) => {
        for (const { cmdlet, parameters } of commands)
          await transport.invoke(cmdlet, parameters).catch((error: unknown) => {
            // The service may refuse it; what counts is what the service was told.
            if (!(error instanceof OffboardError)) throw error
          })
        const { writes } = await tenant.sandbox.control.show()
        const arrived = writes.slice(-commands.length)
        expect(arrived.map(unmarked)).toEqual(commands)
      }),
      { numRuns: 20, endOnFailure: true },
    )
  }, 240_000)

  it('law, 660 texts: every text comes back as the service holds it', async () => {
    const rules = resourceOf(rest, 'transport-rule')
    const words = fc.uniqueArray(someText, { minLength: 20, maxLength: 20 })
    let serial = 0
    await fc.assert(
      fc.asyncProperty(words, text, text, async (SubjectContainsWords, Comments, name) => {
        serial += 1
        const Name = `${serial} ${name}`.slice(0, 64)
        const parameters = { Name, Comments, SubjectContainsWords, SetSCL: 5 }
        await rules.create([{ command: 'New-TransportRule', parameters }])
        const held = (await rules.list()).find((rule) => rule.name === Name)
        if (held === undefined) throw new Error('the rule is not there')
        const { items } = await transport.invoke('Get-TransportRule', { Identity: held.guid })
        const returned: readonly unknown[] = items.map((item) => ({
          Name: item.Name,
          Comments: item.Comments,
          SubjectContainsWords: item.SubjectContainsWords,
        }))
        expect(returned).toEqual([{ Name, Comments: held.properties.Comments, SubjectContainsWords }])
        await rules.remove([held])
      }),
      { numRuns: 30, endOnFailure: true },
    )
  }, 240_000)
})
