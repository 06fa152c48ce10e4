/** A queue of one. */
export interface Queue {
  /** Runs what it is given when all before it has ended. */
  run<T>(act: () => Promise<T>): Promise<T>
  /** Rests when all before it has ended, and waits for nothing more: a timer would keep all of it in memory. */
  close(): Promise<void>
}

/** Runs what it is given one after the other, and `rest` when nothing has come for `idleMs` milliseconds. */
export function oneByOne(idleMs: number, rest: () => Promise<void>): Queue {
  let last: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  function enqueue<T>(act: () => Promise<T>): Promise<T> {
    clearTimeout(timer)
    const turn = last.then(act)
    last = turn.catch(() => {})
    return turn
  }

  async function restAfter(done: Promise<unknown>): Promise<void> {
    await done
    if (done !== last) return
    timer = setTimeout(() => void enqueue(rest), idleMs)
    timer.unref()
  }

  return {
    run(act) {
      const turn = enqueue(act)
      void restAfter(last)
      return turn
    },
    close: () => enqueue(rest),
  }
}
