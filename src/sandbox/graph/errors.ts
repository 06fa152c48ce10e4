import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../http.ts'

/** An error of Graph in its envelope: https://learn.microsoft.com/graph/errors. */
export function graphError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const id = randomUUID()
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': id,
    'client-request-id': id,
  }
  return jsonAnswer(
    status,
    { error: { code, message, innerError } },
    { 'request-id': id, 'client-request-id': id, ...headers },
  )
}

/** Graph refuses a request. */
export class GraphRefusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_BadRequest', message)
}

export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_UnsupportedQuery', message)
}

export function notThere(id: string): GraphRefusal {
  return new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
}

export function inUse(message: string): GraphRefusal {
  return new GraphRefusal(409, 'Request_MultipleObjectsWithSameKeyValue', message)
}

export function denied(): GraphRefusal {
  return new GraphRefusal(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  )
}
