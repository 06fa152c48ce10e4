import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { UsageError } from '../../model/errors.ts'
import type { SandboxState } from './state.ts'

/** Holds the state, and keeps its file up to date where it has one. */
export interface Store {
  readonly state: SandboxState
  /** Puts another state in its place. */
  replace(state: SandboxState): void
  /** On the disk when it returns. */
  save(): void
  /** On the disk soon: for what may be lost, such as counts. */
  saveSoon(): void
  /** Writes down what is still to be written. */
  flush(): void
}

const soonMs = 250

const stateSchema = z.looseObject({
  format: z.literal('offboard.sandbox/1'),
  scenario: z.string(),
  regions: z.array(z.string()),
  tenant: z.looseObject({ id: z.string(), domain: z.string() }),
  clockOffsetMs: z.number(),
  objects: z.record(z.string(), z.array(z.looseObject({ guid: z.string(), name: z.string() }))),
})

/** What an older sandbox did not keep. */
type LaterPart = 'directory' | 'vendor' | 'google'

/** A part that an older sandbox kept in another form. */
type ChangedPart = 'dns'

/** A state as a file holds it. */
export type KeptState = Omit<SandboxState, LaterPart | ChangedPart> &
  Partial<Pick<SandboxState, LaterPart>> & { readonly [Part in ChangedPart]: Partial<SandboxState[Part]> }

function isState(value: unknown): value is KeptState {
  return stateSchema.safeParse(value).success
}

/** The state that the file holds, or undefined when there is none. Throws a UsageError when it is not ours. */
export function readState(file: string): KeptState | undefined {
  const hint = 'Start anew with: offboard sandbox reset, or remove the file.'
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new UsageError({ tried: `read the sandbox's state ${file}`, said: String(cause), cause })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (isState(value)) return value
  } catch (cause) {
    throw new UsageError({ tried: `read the sandbox's state ${file}`, said: 'it is not JSON', hint, cause })
  }
  throw new UsageError({ tried: `read the sandbox's state ${file}`, said: 'its format is unknown', hint })
}

/** Writes a file so that it is there whole or not at all, readable by its owner only. */
export function writeWhole(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.new`
  writeFileSync(temporary, content, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  const descriptor = openSync(temporary, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(temporary, file)
}

export function openStore(initial: SandboxState, file?: string): Store {
  let state = initial
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (file !== undefined) writeWhole(file, JSON.stringify(state))
  }
  save()
  return {
    get state() {
      return state
    },
    replace(next) {
      state = next
      save()
    },
    save,
    saveSoon() {
      timer ??= setTimeout(save, soonMs).unref()
    },
    flush() {
      if (timer !== undefined) save()
    },
  }
}
