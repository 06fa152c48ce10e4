import { createHash } from 'node:crypto'
import type { JsonObject } from '../../model/json.ts'
import { type Answer, jsonAnswer } from '../http.ts'

const tasks = 'Microsoft.Exchange.Configuration.Tasks'

/** .NET types of the errors that the service answers with. */
export const errorTypes = {
  notFound: `${tasks}.ManagementObjectNotFoundException`,
  argument: 'System.ArgumentException',
  binding: 'System.Management.Automation.ParameterBindingException',
  unknownCmdlet: 'System.Management.Automation.CommandNotFoundException',
  transformation: 'System.Management.Automation.ParameterBindingArgumentTransformationException',
  invalidOperation: 'System.InvalidOperationException',
  referenced: 'Microsoft.Exchange.Management.Tasks.ConnectorIncorrectUsageConnectorStillReferencedException',
  connectorUsage: 'Microsoft.Exchange.Management.Tasks.ConnectorIncorrectUsageException',
  inboundExists: 'Microsoft.Exchange.Management.Tasks.ErrorInboundConnectorAlreadyExistsException',
  outboundExists: 'Microsoft.Exchange.Management.Tasks.ErrorOutboundConnectorAlreadyExistsException',
  exists: `${tasks}.ManagementObjectAlreadyExistsException`,
  adServer: 'Microsoft.Exchange.Data.Directory.ADServerSettingsChangedException',
  validation: 'Microsoft.Exchange.Data.DataValidationException',
  page: 'Microsoft.Exchange.AdminApi.InvalidPaginationRequestException',
} as const

export type ErrorType = (typeof errorTypes)[keyof typeof errorTypes]

/** The service refuses a command. */
export class Refusal extends Error {
  readonly type: ErrorType

  constructor(type: ErrorType, message: string) {
    super(message)
    this.type = type
  }
}

/** Where the text of an error stands in the answer, and how it is marked: the real service uses all of these. */
const forms: readonly ((refusal: Refusal, status: number) => Answer)[] = [
  ({ type, message }, status) =>
    jsonAnswer(status, {
      error: {
        code: status === 404 ? 'NotFound' : 'BadRequest',
        message: 'Error executing cmdlet',
        details: [{ code: 'Context', target: '', message: `Ex6F9304|${type}|${message}` }],
        innererror: {
          message: 'Error executing cmdlet',
          type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        },
      },
    }),
  ({ type, message }, status) =>
    jsonAnswer(status, {
      error: {
        code: 'BadRequest',
        message: 'Invalid Operation',
        innererror: {
          message: 'Error executing cmdlet',
          type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
          stacktrace: '',
          internalexception: { message: `Ex94914C|${type}|${message}`, type, stacktrace: '' },
        },
      },
    }),
  ({ type, message }, status) =>
    jsonAnswer(status, {
      error: {
        code: 'BadRequest',
        message: 'Invalid Operation',
        details: [{ code: 'Client', target: '', message: `|${type}|${message}` }],
        innererror: {
          message: 'Invalid Operation',
          type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
          internalException: { message: `|${type}|${message}`, type },
        },
      },
    }),
  ({ type, message }, status) =>
    jsonAnswer(status, { error: { code: 'BadRequest', message: `|${type}|${message}` } }),
  ({ type, message }) =>
    jsonAnswer(200, {
      '@odata.context': '',
      value: [],
      '@adminapi.errors': [`|${type}|${message}`],
      'adminapi.errors@odata.type': '#Collection(String)',
    }),
]

/** The answer to a refused command: the same refusal always has the same form, different ones differ. */
export function refusalAnswer(refusal: Refusal, cmdlet: string): Answer {
  const status = refusal.type === errorTypes.notFound ? 404 : 400
  const digest = createHash('sha256').update(`${cmdlet}|${refusal.type}|${refusal.message}`).digest()
  const form = forms[digest.readUInt32BE(0) % forms.length] ?? forms[0]
  if (form === undefined) throw new TypeError('no form')
  return form(refusal, status)
}

/** An answer of the front end, before any command runs. */
export function frontEndAnswer(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, { error: { code, message } satisfies JsonObject })
}

/** How a missing right looks: no text to go by. */
export function deniedAnswer(cmdlet: string): Answer {
  const empty = (createHash('sha256').update(cmdlet).digest()[0] ?? 0) % 2 === 0
  return { status: 403, headers: {}, body: empty ? '' : new Uint8Array(4096) }
}
