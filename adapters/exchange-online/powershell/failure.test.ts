import { describe, expect, it } from 'vitest'
import {
  ConflictError,
  InternalError,
  NotFoundError,
  PermissionError,
  ServiceError,
  TenantError,
  ThrottledError,
} from '../../../src/model/errors.ts'
import { commandError, connectError } from './failure.ts'

const tasks = 'Microsoft.Exchange.Configuration.Tasks'
const referenced =
  'Microsoft.Exchange.Management.Tasks.ConnectorIncorrectUsageConnectorStillReferencedException'

describe('a failed cmdlet', () => {
  it.each([
    [`Ex6F9304|${tasks}.ManagementObjectNotFoundException|L'objet est introuvable.`, NotFoundError],
    [`|${tasks}.ManagementObjectNotFoundException|text`, NotFoundError],
    [`Ex94914C|${tasks}.ManagementObjectAlreadyExistsException|text`, ConflictError],
    [`Ex1|${referenced}|text`, ConflictError],
    ['Ex1|Microsoft.Exchange.Data.Directory.ADServerSettingsChangedException|text', ServiceError],
    ['Ex1|Microsoft.Exchange.SomethingNewException|text', TenantError],
    ['||text', TenantError],
    ["Ex1|System.ArgumentException|The name 'a|b' is already in use.", ConflictError],
  ])('is told by the type in its text: %s', (message, expected) => {
    expect(commandError('run X', { type: 'System.Exception', message }).constructor).toBe(expected)
  })

  it.each([
    ['System.Management.Automation.CommandNotFoundException', 'The term is unknown.', PermissionError],
    ['System.Management.Automation.ParameterBindingException', 'No such parameter.', InternalError],
    ['System.Net.Http.HttpRequestException', 'Connection refused', ServiceError],
    ['System.InvalidOperationException', 'Something in the module broke.', ServiceError],
    [
      'System.Management.Automation.PSInvalidOperationException',
      'PowerShell is in NonInteractive mode.',
      InternalError,
    ],
  ])('outside the service is told by its own: %s', (type, message, expected) => {
    expect(commandError('run X', { type, message }).constructor).toBe(expected)
  })

  it.each([
    ['401 (Unauthorized)', PermissionError],
    ['403 (Forbidden)', PermissionError],
    ['408 (Request Timeout)', ServiceError],
    ['429 (Too Many Requests)', ThrottledError],
    ['503 (Service Unavailable)', ServiceError],
  ])('without a text is told by its status: %s', (status, expected) => {
    const message = `Response status code does not indicate success: ${status}.`
    expect(commandError('run X', { type: 'System.Exception', message }).constructor).toBe(expected)
  })

  it('keeps its text, and its type where it has one', () => {
    const { message } = commandError('run X', { type: '', message: `Ex1|${referenced}|In use.` })
    expect(message).toBe('run X: In use. (ConnectorIncorrectUsageConnectorStillReferencedException)')
    expect(commandError('run X', { type: '', message: '' }).message).toBe(
      'run X: an error that it does not describe',
    )
  })
})

describe('a refused connection', () => {
  it.each([
    "The role assigned to application 1 isn't supported in this scenario.",
    'UnAuthorized',
    'AADSTS700016: Application was not found.',
    'Response status code does not indicate success: 401 (Unauthorized).',
  ])('is a missing permission: %s', (message) => {
    const error = connectError('connect', { type: 'System.Exception', message })
    expect(error).toBeInstanceOf(PermissionError)
    expect(error.hint).toContain('Exchange.ManageAsApp')
  })

  it('of any other kind may be repeated', () => {
    const failure = { type: 'System.Net.Http.HttpRequestException', message: 'Name or service not known' }
    expect(connectError('connect', failure)).toBeInstanceOf(ServiceError)
  })
})
