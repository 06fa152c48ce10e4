import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from every other one, also after its number has been used again. */
export interface Holder {
  readonly pid: number
  /** The name that people know the machine by. */
  readonly host: string
  /** Where process numbers mean the same: this machine since it started, or this container. */
  readonly machine: string
  /** When the process started, as the kernel counts; null where it does not say. */
  readonly started: string | null
}

/** This process. */
export function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), machine: thisMachine(), started: life(process.pid).started }
}

/** Whether the process is surely no more. One on another machine or in another container never is. */
export function isDead(holder: Omit<Holder, 'host'>): boolean {
  if (holder.machine !== thisMachine()) return false
  const { alive, started } = life(holder.pid)
  return !alive || (started !== null && holder.started !== null && started !== holder.started)
}

/** Two containers may share a name and not their processes: so the kernel's own marks count too. */
function thisMachine(): string {
  const boot = readable(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const processes = readable(() => readlinkSync('/proc/self/ns/pid'))
  return [hostname(), boot, processes].join(' ')
}

interface Life {
  readonly alive: boolean
  readonly started: string | null
}

function life(pid: number): Life {
  if (!answersSignals(pid)) return { alive: false, started: null }
  // proc(5): after the name in brackets come the state and, 19 fields on, the start time.
  const stat = readable(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields?.[0]
  return { alive: state !== 'Z' && state !== 'X', started: fields?.[19] ?? null }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readable(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
