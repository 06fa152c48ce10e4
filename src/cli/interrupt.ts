import { InterruptedError } from '../model/errors.ts'

/** How long the call in flight may take to end, once the operator has stopped the program, in milliseconds. */
const graceMs = 2_500

/** When the program ends whatever holds it, in milliseconds. */
const lastResortMs = 4_200

const interrupted = 130

export interface Interrupt {
  readonly stopping: AbortSignal
  readonly leaving: AbortSignal
  dispose(): void
}

/**
 * Ctrl-C and SIGTERM: nothing new is begun, the call in flight has a few seconds, then it is left in doubt. A second
 * Ctrl-C leaves it at once.
 */
export function createInterrupt(program: NodeJS.Process): Interrupt {
  const stopping = new AbortController()
  const leaving = new AbortController()

  function leave(): void {
    leaving.abort(new InterruptedError({ tried: 'finish the call in flight', said: 'it was left in doubt' }))
  }

  function stop(): void {
    if (stopping.signal.aborted) {
      leave()
      return
    }
    stopping.abort(new InterruptedError({ tried: 'go on', said: 'interrupted' }))
    setTimeout(leave, graceMs).unref()
    setTimeout(() => {
      program.stderr.write('\nInterrupted. Go on with: offboard resume\n')
      program.exit(interrupted)
    }, lastResortMs).unref()
  }

  program.on('SIGINT', stop)
  program.on('SIGTERM', stop)
  return {
    stopping: stopping.signal,
    leaving: leaving.signal,
    dispose() {
      program.off('SIGINT', stop)
      program.off('SIGTERM', stop)
    },
  }
}
