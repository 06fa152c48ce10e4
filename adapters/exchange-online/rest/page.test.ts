import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../src/model/attempt.ts'
import {
  ConflictError,
  InternalError,
  NotFoundError,
  OffboardError,
  PermissionError,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import { readPage } from './page.ts'

function read(status: number, body: unknown, effect: Effect = 'read', headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const asked = { tried: 'run Get-X', effect, requestId: 'r1' }
  return readPage({ status, headers: new Headers(headers), text }, asked)
}

function failure(...given: Parameters<typeof read>): OffboardError {
  try {
    read(...given)
  } catch (error) {
    if (error instanceof OffboardError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const notFound = 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException'

/** The places in which the service puts the real text. */
const places: Readonly<Record<string, (text: string) => unknown>> = {
  details: (text) => ({
    error: {
      code: 'NotFound',
      message: 'Error executing cmdlet',
      details: [{ code: 'Context', message: text }],
    },
  }),
  'inner exception': (text) => ({
    error: {
      message: 'Invalid Operation',
      innererror: { message: 'x', internalexception: { message: text } },
    },
  }),
  'inner exception, other case': (text) => ({
    Error: { Message: 'Invalid Operation', innerError: { internalException: { Message: text } } },
  }),
  message: (text) => ({ error: { code: 'BadRequest', message: text } }),
}

describe('a failed request', () => {
  it.each(Object.keys(places))('is told by its type in: %s', (place) => {
    const body = places[place]?.(`Ex6F9304|${notFound}|The object 'X' couldn't be found on 'S'.`)
    const error = failure(400, body)
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error.said).toBe("The object 'X' couldn't be found on 'S'. (ManagementObjectNotFoundException)")
  })

  it('is told by its type whatever the message says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(places)),
        fc.string(),
        fc.stringMatching(/^(?:Ex[0-9A-F]{6})?$/),
        (place, message, code) => {
          expect(failure(400, place(`${code}|${notFound}|${message}`))).toBeInstanceOf(NotFoundError)
        },
      ),
    )
  })

  const typed = (type: string, message = 'text') =>
    places.details?.(`Ex123456|Microsoft.Exchange.${type}|${message}`)
  it.each([
    ['ConnectorIncorrectUsageConnectorStillReferencedException', ConflictError],
    ['ErrorOutboundConnectorAlreadyExistsException', ConflictError],
    ['ADServerSettingsChangedException', ServiceError],
    ['CmdletProxyNotAvailableException', ServiceError],
    ['InsufficientPermissionsException', PermissionError],
    ['CommandNotFoundException', PermissionError],
    ['InvalidOperationInDehydratedContextException', TenantError],
    ['OverBudgetException', ThrottledError],
    ['ParameterBindingException', InternalError],
    ['SomethingNewException', TenantError],
  ])('400 with %s', (type, expected) => {
    expect(failure(400, typed(type)).constructor).toBe(expected)
  })

  it('knows a name in use by its text', () => {
    const text = 'The name "X" is already in use. (Parameter \'Name\')'
    expect(failure(400, typed('ArgumentException', text))).toBeInstanceOf(ConflictError)
  })

  it.each([
    [401, '', PermissionError],
    [403, '\0'.repeat(4096), PermissionError],
    [403, { error: { code: 'Forbidden', message: 'no' } }, PermissionError],
    [500, '<html>', ServiceError],
    [503, '', ServiceError],
    [408, '', ServiceError],
    [404, '<html>proxy</html>', UsageError],
    [404, '', UsageError],
    [400, { error: { code: 'BadRequest', message: 'Invalid Operation' } }, TenantError],
  ])('HTTP %i without a type: %#', (status, body, expected) => {
    for (const effect of ['read', 'write'] as const)
      expect(failure(status, body, effect).constructor).toBe(expected)
  })

  it('asks to wait as long as the service says', () => {
    const error = failure(429, '', 'write', { 'retry-after': '12' })
    expect(error).toMatchObject({ constructor: ThrottledError, retryAfterMs: 12_000 })
    expect(failure(503, '', 'read', { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3000 })
  })

  it('never takes a write that met a 503 for one that did nothing', () => {
    expect(failure(503, '', 'write', { 'retry-after': '3' })).toBeInstanceOf(ServiceError)
  })

  it('is one even when it calls itself a success', () => {
    const body = { value: [], '@adminapi.errors': [`|${notFound}|gone`] }
    expect(failure(200, body, 'write')).toBeInstanceOf(NotFoundError)
    expect(failure(200, { value: [{ Name: 'x' }], '@adminapi.errors': [{ Message: 'no' }] }).said).toBe('no')
    expect(failure(200, { value: [], '@adminapi.errors': [7] })).toBeInstanceOf(TenantError)
  })

  it('does not show a body that it cannot read', () => {
    expect(failure(502, 'Bearer abc').message).not.toContain('abc')
  })
})

describe('an answer', () => {
  it('gives rows without nulls, the warnings and the next page', () => {
    const page = read(200, {
      value: [null, { Name: 'a', 'Name@odata.type': 'x' }, null],
      '@adminapi.warnings': ['w'],
      '@odata.nextLink': 'https://x/y',
    })
    expect(page).toEqual({ items: [{ Name: 'a' }], warnings: ['w'], nextLink: 'https://x/y' })
  })

  it.each(['', '\0\0\0', ' \r\n', '{', '[]', '{}', '{"value":{}}', '{"value":["text"]}'])(
    'to a read is never "no objects": %j',
    (body) => {
      expect(failure(200, body)).toBeInstanceOf(ServiceError)
    },
  )

  it.each(['', '\0\0\0', '{"value":[]}', '{}'])('to a write may be empty: %j', (body) => {
    expect(read(200, body, 'write').items).toEqual([])
  })

  it('to a write that cannot be read is a lost one', () => {
    expect(failure(200, '<html>', 'write')).toBeInstanceOf(ServiceError)
  })

  it('that asks back has done nothing', () => {
    expect(failure(200, { value: [], '@adminapi.confirmationmessage': 'Sure?' }, 'write')).toBeInstanceOf(
      InternalError,
    )
  })
})
