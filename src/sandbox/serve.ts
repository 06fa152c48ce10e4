import type { JsonObject } from '../model/json.ts'
import { type FaultKind, faultKinds, takeFault } from './faults.ts'
import type { Answer, Reply } from './http.ts'
import { countRequest } from './tenant/counts.ts'
import { sandboxNow, type WriteRecord } from './tenant/state.ts'
import type { Store } from './tenant/store.ts'

/** The service's answer, and whether it did what was asked. */
export interface Result {
  readonly answer: Answer
  readonly done: boolean
}

export function refused(answer: Answer): Result {
  return { answer, done: false }
}

/** What a fault makes of the service's own answer; `undefined` leaves that as it is. */
type Disturb = ((answer: Answer) => Reply) | undefined

/** How each fault looks on the wire of a service. */
export type FaultLooks = Readonly<Record<FaultKind, Disturb>>

/** A request to a simulated service. */
export interface ServiceRequest {
  /** By which it is counted and a fault can be asked for. */
  readonly name: string
  /** What was asked, of a request that could change something; a read has none. */
  readonly write: JsonObject | undefined
  run(fault: FaultKind | undefined): Result
}

function resultOf(result: Result | undefined): WriteRecord['result'] {
  if (result === undefined) return 'lost'
  return result.done ? 'done' : 'refused'
}

/** Answers a request: counted, with the fault that it suffers, and a write put down. */
export function serve(store: Store, looks: FaultLooks, { name, write, run }: ServiceRequest): Reply {
  const { state } = store
  countRequest(state, name)
  const fault = takeFault(state, name, write !== undefined)
  const result = fault === undefined || faultKinds[fault].done ? run(fault) : undefined
  if (write !== undefined)
    state.writes.push({
      at: sandboxNow(state).toISOString(),
      cmdlet: name,
      parameters: write,
      result: resultOf(result),
    })
  if (write !== undefined || fault !== undefined) store.save()
  else store.saveSoon()
  const plain = result?.answer ?? { status: 500, body: '' }
  return fault === undefined ? plain : (looks[fault]?.(plain) ?? plain)
}
