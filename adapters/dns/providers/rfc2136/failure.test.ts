import { expect, test } from 'vitest'
import {
  ConflictError,
  InternalError,
  PermissionError,
  ServiceError,
  TenantError,
  UsageError,
} from '../../../../src/model/errors.ts'
import { failureError } from './failure.ts'

/** As nsupdate of BIND 9.18 and 9.20 writes it. */
const place = '; Communication with 192.0.2.1#53 failed'

test.each([
  ['update failed: REFUSED\n', PermissionError, 'REFUSED'],
  [
    '; TSIG error with server: tsig indicates error\nupdate failed: NOTAUTH(BADKEY)\n',
    PermissionError,
    'BADKEY',
  ],
  [
    '; TSIG error with server: tsig indicates error\nupdate failed: REFUSED(BADKEY)\n',
    PermissionError,
    'BADKEY',
  ],
  [
    '; TSIG error with server: tsig indicates error\nupdate failed: NOTAUTH(BADSIG)\n',
    PermissionError,
    'BADSIG',
  ],
  [
    '; TSIG error with server: tsig indicates error\nupdate failed: NOTAUTH(BADTIME)\n',
    PermissionError,
    'clocks',
  ],
  ['; TSIG error with server: clocks are unsynchronized\n', PermissionError, 'clocks'],
  ['; TSIG error with server: tsig verify failure\nupdate failed: REFUSED\n', ServiceError, 'signature'],
  ['; TSIG error with server: expected a TSIG or SIG(0)\n', ServiceError, 'signature'],
  ['update failed: NXRRSET\n', ConflictError, 'not what it was read as'],
  ['update failed: YXRRSET\n', ConflictError, 'not what it was read as'],
  ['update failed: NOTAUTH\n', TenantError, 'does not hold the zone'],
  ['update failed: NOTIMP\n', TenantError, 'takes no updates'],
  ['update failed: NOTZONE\n', InternalError, 'not in the zone'],
  ['update failed: SERVFAIL\n', ServiceError, 'SERVFAIL'],
  ['invalid rdata format: out of range\nsyntax error\n', InternalError, 'not understood'],
  ["check-names failed: bad name '_a.b'\nsyntax error\n", UsageError, 'name'],
  [`${place}: timed out\n`, ServiceError, 'in time'],
  [`${place}: connection refused\n`, ServiceError, 'take the connection'],
  [`${place}: operation canceled\n`, ServiceError, 'take the connection'],
  [`${place}: end of file\n`, ServiceError, 'no way to the server'],
  ['could not read key from /x: c2VjcmV0\nupdate failed: REFUSED\n', UsageError, 'key file'],
  ['', ServiceError, 'did not say why'],
] as const)('%j', (text, kind, said) => {
  const error = failureError('replace', { code: 2, text })
  expect(error).toBeInstanceOf(kind)
  expect(error.said).toContain(said)
  expect(`${error.message} ${error.hint}`).not.toContain('c2VjcmV0')
})
