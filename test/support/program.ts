import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { RunEvent, Summary } from '../../src/model/events.ts'
import { overRest } from './transport.ts'

const program = join(import.meta.dirname, '..', '..', 'dist', 'offboard.js')

/** How a process ended, and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The program as a process of its own. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when its output, stdout and stderr together, holds the text. */
  printed(text: string): Promise<void>
}

/** Starts the built program with nothing of this process's environment but what it needs to find its files. */
export function startProgram(args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, [program, ...overRest(args, env)], {
    env: { PATH: process.env.PATH ?? '', HOME: env.HOME ?? '/nonexistent', ...env },
    cwd: env.HOME ?? '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  const waiting: { text: string; resolve: () => void }[] = []
  const take = (name: 'stdout' | 'stderr') => (chunk: Buffer) => {
    texts[name] += chunk.toString('utf8')
    for (const { text, resolve } of waiting) if (`${texts.stdout}${texts.stderr}`.includes(text)) resolve()
  }
  child.stdout?.on('data', take('stdout'))
  child.stderr?.on('data', take('stderr'))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, ...texts }))
  })
  return {
    child,
    ended,
    printed: (text) =>
      new Promise((resolve) => {
        if (`${texts.stdout}${texts.stderr}`.includes(text)) resolve()
        else waiting.push({ text, resolve })
      }),
  }
}

export function runProgram(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return startProgram(args, env).ended
}

function isSummary(event: RunEvent): event is Summary {
  return event.type === 'summary'
}

/** The events of `--json`. */
function eventsOf({ stdout }: Ended): readonly RunEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line))
}

/** The summary that `--json` ends with. */
export function summaryOf(ended: Ended): Summary {
  const last = eventsOf(ended).at(-1)
  if (last !== undefined && isSummary(last)) return last
  throw new Error(`no summary: ${ended.stdout.slice(-500)} ${ended.stderr}`)
}
