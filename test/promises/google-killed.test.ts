import { createServer, request as send } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { googleVendor } from '../../src/sandbox/google/account.ts'
import { client } from '../scenarios/google-job.ts'
import { openGoogleWorld } from '../support/google.ts'
import { startProgram } from '../support/program.ts'
import { type Outcome, outcomes, type World } from '../support/world.ts'

/** When the program dies: its write never arrives, it is done and not answered, or it has just been answered. */
const moments = ['dropped', 'unanswered', 'answered'] as const
type Moment = (typeof moments)[number]

const servers: ReturnType<typeof createServer>[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Where the program dies. */
interface Death {
  readonly moment: Moment
  readonly method: 'PATCH' | 'DELETE'
}

/** Stands before the sandbox, and calls `kill` at the first request of the method. */
async function proxyTo(target: string, death: Death, kill: () => void): Promise<string> {
  const { hostname, port } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const { moment } = death
    const isWrite = method === death.method
    if (isWrite && moment === 'dropped') {
      kill()
      outgoing.destroy()
      return
    }
    const forwarded = send({ hostname, port, method, path, headers }, (answer) => {
      if (isWrite && moment === 'unanswered') {
        kill()
        outgoing.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
      if (isWrite) outgoing.once('finish', kill)
    })
    incoming.pipe(forwarded)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** Starts a run that writes policies, and kills it. */
async function kill(world: World, death: Death, ...argv: readonly string[]): Promise<void> {
  let end = () => {}
  const url = await proxyTo(world.env.OFFBOARD_GOOGLE_URL ?? '', death, () => end())
  const command = ['run', '--platform', 'google-workspace', '--region', 'eu', '--yes', '--json']
  const started = startProgram([...command, '--google-policy-writes', ...client, ...argv], {
    ...world.env,
    OFFBOARD_GOOGLE_URL: url,
    HOME: world.folder,
  })
  end = () => started.child.kill('SIGKILL')
  const ended = await started.ended
  expect(ended.signal, ended.stderr).toBe('SIGKILL')
}

/** A run that is killed at its write to a policy, and resumed. */
async function killed(world: World, moment: Moment): Promise<Outcome> {
  await kill(world, { moment, method: 'PATCH' })
  return world.offboard('resume')
}

function rulesOf(world: World) {
  return world.show().then(({ google }) => JSON.stringify(google.rules))
}

describe.each(moments)('killed when its write is %s', (moment) => {
  test('a run goes on, and takes away what it was to, and nothing else', async () => {
    await using world = await openGoogleWorld({ scenario: 'google-policy-writes', credential: 'token' })
    const before = JSON.parse(await rulesOf(world))
    const resumed = await killed(world, moment)
    expect(resumed.exitCode, resumed.summary.error?.message).toBe(3)
    expect(Object.values(outcomes(resumed))).toEqual(['verified'])
    const left = before.filter((rule: { description: string }) => rule.description !== googleVendor.ruleName)
    expect(JSON.parse(await rulesOf(world))).toEqual(left)
  })

  test('what the service dropped of another rule is found, and the run failed', async () => {
    await using world = await openGoogleWorld({ scenario: 'google-writes-drop', credential: 'token' })
    const resumed = await killed(world, moment)
    expect([resumed.exitCode, resumed.summary.outcome]).toEqual([1, 'failed'])
    expect(Object.values(outcomes(resumed))).toEqual(['failed'])
    expect(resumed.summary.error?.message).toMatch(/something else/)
  })
})

test('what somebody took away before the run came to it is absent', async () => {
  await using world = await openGoogleWorld({ scenario: 'google-policy-writes', credential: 'token' })
  const token = `token:sara@contoso.com/${googleVendor.appId}`
  await kill(world, { moment: 'dropped', method: 'DELETE' }, '--include', token)
  await world.control.act('delete-compliance-rule')
  const resumed = await world.offboard('resume')
  const { [token]: consent, ...rules } = outcomes(resumed)
  expect([consent, Object.values(rules)]).toEqual(['verified', ['absent']])
  expect((await world.show()).writes.map(({ cmdlet }) => cmdlet)).toEqual(['DELETE tokens'])
})
