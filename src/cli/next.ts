import { quote } from '../report/quote.ts'
import type { Options } from './parse.ts'

/** How the state of this command is found again: the options that a later command needs too. */
export function stateFlags(options: Options): string {
  const sandbox = options.sandbox ? ' --sandbox' : ''
  const folder = options.stateDir === undefined ? '' : ` --state-dir ${quote(options.stateDir)}`
  return `${sandbox}${folder}`
}
