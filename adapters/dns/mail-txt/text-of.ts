import type { Answer } from 'dns-packet'

/** The text of a TXT record, its strings joined, as UTF-8; nothing of another record. */
export function textOf(answer: Answer): readonly string[] {
  if (answer.type !== 'TXT') return []
  return [Buffer.concat([answer.data].flat().map((part) => Buffer.from(part))).toString('utf8')]
}
