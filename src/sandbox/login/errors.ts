import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../http.ts'

/** An error of the login service in its own form. */
export function loginError(status: number, error: string, code: string, text: string): Answer {
  const trace = randomUUID()
  const at = new Date().toISOString().replace('T', ' ').slice(0, 19)
  return jsonAnswer(status, {
    error,
    error_description: `${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${at}Z`,
    error_codes: [Number(code.replace(/\D/g, ''))],
    timestamp: `${at}Z`,
    trace_id: trace,
    correlation_id: trace,
  })
}
