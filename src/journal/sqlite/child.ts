import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const opener = new URL('../open.ts', import.meta.url).href

/** A second process, for tests: its script has `open()`, a journal of `folder`, and `say(text)`, a line to us. */
export function startChild(folder: string, script: string) {
  const code = `
    import { openJournal } from ${JSON.stringify(opener)}
    const clock = { now: () => new Date(), sleep: async () => undefined }
    const open = () => openJournal({ folder: ${JSON.stringify(folder)}, clock })
    const say = (text) => process.send(text)
    ${script}
    process.disconnect()
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return { child, said: () => nextMessage(child), ended: once(child, 'exit') }
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message')
  return message
}
