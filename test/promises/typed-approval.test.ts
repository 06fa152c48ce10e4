import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { advancingClock } from '../../src/sandbox/index.ts'
import { openWorld, type World } from '../support/world.ts'

/** Stands in for the person at the terminal: what is asked, and what is answered. */
const person = vi.hoisted(() => ({ asked: '', answer: async (): Promise<string | symbol> => '' }))

vi.mock('@clack/prompts', () => ({
  async text({ message }: { readonly message: string }) {
    person.asked = message
    return person.answer()
  },
  isCancel: (answer: unknown) => typeof answer === 'symbol',
}))

afterEach(() => {
  person.asked = ''
})

interface Typed {
  readonly exitCode: number
  readonly printed: string
}

/** `run` in a terminal, with a person who answers. */
async function runInTerminal(world: World, answer: () => Promise<string | symbol>): Promise<Typed> {
  person.answer = answer
  const output = new PassThrough()
  const chunks: Buffer[] = []
  output.on('data', (chunk: Buffer) => chunks.push(chunk))
  const never = new AbortController().signal
  const exitCode = await runCli(
    [
      'run',
      '--exchange',
      'rest',
      '--platform',
      'm365-inline',
      '--region',
      'eu',
      '--drain',
      '0',
      '--no-color',
    ],
    {
      env: world.env,
      cwd: world.folder,
      home: world.folder,
      platform: process.platform,
      stdin: new PassThrough(),
      stdout: output,
      stderr: output,
      isTerminal: true,
      columns: 200,
      entry: [process.execPath, 'never'],
      stopping: never,
      leaving: never,
      clock: await advancingClock(world.control),
    },
  )
  return { exitCode, printed: Buffer.concat(chunks).toString('utf8') }
}

const tenant = 'contoso.onmicrosoft.com'

test('a person who types the tenant’s name approves the plan that was shown', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const { exitCode } = await runInTerminal(world, async () => ' Contoso.onmicrosoft.com ')
  expect(person.asked).toContain(tenant)
  expect(exitCode).toBe(3)
  const history = await world.offboard('history')
  const [run] = history.events.flatMap((event) => (event.type === 'history' ? event.runs : []))
  expect(run?.approval.how).toBe('typed')
  expect(run?.approval.who).not.toBe('')
  expect(run?.approval.hash).toBe(run?.plan.hash)
})

test.each<[string, string | symbol, number]>([
  ['another name', 'fabrikam.onmicrosoft.com', 4],
  ['"yes"', 'yes', 4],
  ['nothing', '', 4],
  ['a key that cancels', Symbol('cancel'), 130],
])('%s approves nothing', async (_, answer, expected) => {
  await using world = await openWorld({ scenario: 'plain' })
  const { exitCode } = await runInTerminal(world, async () => answer)
  expect(exitCode).toBe(expected)
  expect((await world.show()).writes).toEqual([])
})

test('what changed while the person was reading is refused, with the difference, and nothing is written', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const { exitCode, printed } = await runInTerminal(world, async () => {
    await world.control.act('edit-redirect-rule')
    return tenant
  })
  expect(exitCode).toBe(4)
  expect(printed).toContain('RecipientDomainIs')
  expect(printed).toContain('fabrikam.com')
  expect((await world.show()).writes).toEqual([])
})

test('a change elsewhere while the person was reading is no reason to refuse', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  const { exitCode } = await runInTerminal(world, async () => {
    await world.control.act('add-customer-rule')
    return tenant
  })
  expect(exitCode).toBe(3)
})

test('a blocked plan is not offered for approval', async () => {
  await using world = await openWorld({ scenario: 'routing-rule' })
  const { exitCode } = await runInTerminal(world, async () => tenant)
  expect(exitCode).toBe(4)
  expect(person.asked).toBe('')
  expect((await world.show()).writes).toEqual([])
})
