import { domainToASCII } from 'node:url'
import { hasHidden } from './visible.ts'

/** The URL parser behind domainToASCII cuts a text at these instead of refusing it. */
const asciiOutsideNames = /[\0-,/:-@[-`{-\x7f]/
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * A host name of at least two labels, in lower-case ASCII (international names as `xn--…`), or undefined when the
 * text is none. An address is no host name.
 */
export function hostName(text: string): string | undefined {
  const name = text.trim()
  if (hasHidden(text) || asciiOutsideNames.test(name)) return undefined
  const ascii = domainToASCII(name)
  const labels = ascii.split('.')
  const isName = ascii.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part))
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : undefined
}
