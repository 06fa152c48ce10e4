import { describe, expect, it } from 'vitest'
import { InterruptedError, PermissionError, ServiceError } from '../../model/errors.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from './check.ts'
import { checkNode } from './checks/node.ts'
import type { Examination } from './examination.ts'
import { outcomeOf, runChecks } from './run-checks.ts'

function never(): never {
  throw new Error('not looked at')
}

/** Checks that look at nothing. */
const nothing: Examination = {
  get options() {
    return never()
  },
  get context() {
    return never()
  },
  get platform() {
    return never()
  },
  get footprint() {
    return never()
  },
  environment: {},
  stateDir: '',
  asked: '',
  mx: undefined,
  sandbox: never,
  endpoints: never,
  attempts: never,
  connection: never,
  identity: never,
  cmdlets: never,
  listed: never,
  scopes: never,
  directory: never,
  graphPermissions: never,
  close: never,
}

function check(id: string, look: () => Promise<Answer>, more: Partial<DoctorCheck> = {}): DoctorCheck {
  return { id, title: id, required: true, needs: [], look, ...more }
}

const good = check('good', async () => ok('yes'))

async function statesOf(...checks: readonly DoctorCheck[]): Promise<readonly string[]> {
  const answered = await runChecks(checks, nothing)
  return answered.map(({ check: { id }, answer }) => `${id} ${answer.ok}`)
}

describe('checks', () => {
  it('that fail hide no others, and are told in their order', async () => {
    const refused = check('refused', () => {
      throw new PermissionError({ tried: 'read', said: 'no', hint: 'Grant it.' })
    })
    const lost = check('lost', async () => {
      throw new ServiceError({ tried: 'read', said: 'no answer' })
    })
    const bug = check('bug', async () => {
      throw new TypeError('of undefined')
    })
    expect(await statesOf(refused, lost, bug, good)).toEqual([
      'refused missing',
      'lost unknown',
      'bug unknown',
      'good ok',
    ])
    const [answered] = await runChecks([refused], nothing)
    expect(answered?.answer).toEqual({ ok: 'missing', detail: 'read: no', remedy: 'Grant it.' })
  })

  it('are not made where what they need is not ok, all the way down', async () => {
    const bad = check('bad', async () => missing('no', 'Do it.'))
    const second = check('second', never, { needs: ['bad'] })
    const third = check('third', never, { needs: ['good', 'second'] })
    expect(await statesOf(good, bad, second, third)).toEqual([
      'good ok',
      'bad missing',
      'second unknown',
      'third unknown',
    ])
  })

  it('are made where what they need is not asked about', async () => {
    expect(await statesOf({ ...good, needs: ['absent'] })).toEqual(['good ok'])
  })

  it('are made at the same time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const waits = check('waits', async () => promise.then(() => ok('after the other')))
    const frees = check('frees', async () => {
      resolve()
      return ok('first')
    })
    expect(await statesOf(waits, frees)).toEqual(['waits ok', 'frees ok'])
  })

  it('end with an interrupt', async () => {
    const stopped = check('stopped', async () => {
      throw new InterruptedError({ tried: 'go on', said: 'interrupted' })
    })
    await expect(runChecks([stopped, good], nothing)).rejects.toBeInstanceOf(InterruptedError)
  })
})

describe('the outcome', () => {
  const bad = check('bad', async () => missing('no', 'Do it.'))
  const dark = check('dark', async () => unknown('who knows'))
  const optional = { required: false }
  it.each([
    ['done', 'everything is ok', [good]],
    ['unverified', 'something could not be told', [good, dark]],
    ['failed', 'something is missing', [dark, bad, good]],
    ['done', 'something optional is missing', [good, { ...bad, ...optional }]],
    ['done', 'something optional could not be told', [good, { ...dark, ...optional }]],
    ['unverified', 'only the optional is missing', [dark, { ...bad, ...optional }]],
  ])('is %s when %s', async (outcome, _when, checks) => {
    expect(outcomeOf(await runChecks(checks, nothing))).toBe(outcome)
  })
})

describe('Node', () => {
  it.each([
    ['24.0.0', 'ok'],
    ['25.1.0', 'ok'],
    ['20.19.0', 'missing'],
    ['9.0.0', 'missing'],
  ])('%s is %s', (version, state) => {
    expect(checkNode(version, '>=24').ok).toBe(state)
  })
})
