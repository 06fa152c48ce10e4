import type { Listener, RunEvent, Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import type { Live, ProgressEvent } from './live.ts'
import { createTextReport, type TextOptions } from './text-report.ts'

function isProgress(event: RunEvent): event is ProgressEvent {
  return ['step', 'change', 'wait', 'retry', 'warning'].includes(event.type)
}

/**
 * The plain report with a live view in its middle: from the moment that a run begins until its summary, progress is
 * drawn, and what else is told waits until the drawing has ended.
 */
export function createTerminalReport(options: TextOptions): { listener: Listener; close(): Promise<void> } {
  const tell = createTextReport(options)
  const { verbosity } = options
  let plan: Plan | undefined
  let isDrawing = false
  let hasDrawn = false
  let live: Live | undefined
  let held: RunEvent[] = []
  let work = Promise.resolve()

  /** A view that cannot be drawn must not end the run: the plain lines are told instead. */
  async function open(drawn: Plan): Promise<Live | undefined> {
    try {
      const { startLive } = await import('./live.ts')
      return startLive({ ...options, plan: drawn, verbose: verbosity === 'verbose' })
    } catch {
      return undefined
    }
  }

  async function end(summary?: Summary): Promise<void> {
    await live?.stop(summary)
    live = undefined
    for (const event of held) tell(event)
    held = []
  }

  function later(act: () => void | Promise<void>): void {
    work = work.then(act)
  }

  function stop(summary?: Summary): void {
    isDrawing = false
    later(() => end(summary))
  }

  return {
    listener(event) {
      if (event.type === 'plan') plan = event.plan
      const opening = event.type === 'run' ? plan : undefined
      if (opening !== undefined && !isDrawing) {
        isDrawing = true
        hasDrawn = true
        later(async () => {
          tell(event)
          live = await open(opening)
        })
        return
      }
      if (!hasDrawn) return tell(event)
      if (event.type === 'summary' && isDrawing) stop(event)
      if (!isDrawing) return later(() => tell(event))
      later(() => {
        if (live === undefined) tell(event)
        else if (isProgress(event)) live.show(event)
        else held.push(event)
      })
    },
    async close() {
      if (isDrawing) stop()
      await work
    },
  }
}
