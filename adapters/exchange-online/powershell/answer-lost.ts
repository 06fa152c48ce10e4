import { stripVTControlCharacters } from 'node:util'

/** Why there is no answer: no program that could be started, or what the command did is unknown. */
export type LossReason = 'missing' | 'died' | 'hung' | 'interrupted'

export class AnswerLost extends Error {
  readonly reason: LossReason

  constructor(reason: LossReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** The library marks where a command's output begins with a line of its own. */
const mark = /^[0-9A-Za-z]{16}$/

/** What a process said before it ended, in one short line. */
function lastWords(stderr: string): string {
  const lines = stripVTControlCharacters(stderr).split(/\r?\n/)
  const said = lines.filter((line) => !mark.test(line)).join(' ')
  // A token at the end of what was kept may not be whole.
  const clean = said.replace(/\beyJ[\w-]+(?:\.[\w-]*)*/g, '[token]')
  return clean.replace(/\s+/g, ' ').trim().slice(0, 500)
}

/** The process has ended, and how; `stderr` is what it wrote during the command, without what may not be shown. */
export function died(how: string, stderr: string): AnswerLost {
  const words = lastWords(stderr)
  const said = words === '' ? '' : `: ${words}`
  return new AnswerLost('died', `the PowerShell process ended ${how} before it answered${said}`)
}
