import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** A set as a server answers it, read by BIND's own `dig`. Values in presentation form, hosts without the last dot. */
export interface DigAnswer {
  /** 0 when there is no such set. */
  readonly ttl: number
  readonly values: readonly string[]
  /** Other types of record in the answer: RRSIG, CNAME. */
  readonly besides: readonly string[]
}

const run = promisify(execFile)
const none: DigAnswer = { ttl: 0, values: [], besides: [] }

function plain(type: string, value: string): string {
  return type === 'TXT' ? value : value.replace(/\.$/, '')
}

/** Asks a server at 127.0.0.1. What does not answer has nothing. */
export async function dig(port: number, name: string, type: string): Promise<DigAnswer> {
  const query = ['-p', String(port), '@127.0.0.1', name === '' ? '.' : name, type]
  const flags = ['+noall', '+answer', '+norecurse', '+tries=1', '+timeout=1', '+nocookie']
  try {
    const { stdout } = await run('dig', [...query, ...flags])
    const records = stdout.split('\n').flatMap((line) => {
      const [, ttl = '', of = '', data = ''] = /^\S+\s+(\d+)\s+IN\s+(\S+)\s+(.*)$/.exec(line) ?? []
      return ttl === '' ? [] : [{ ttl: Number(ttl), of, data }]
    })
    const asked = records.filter(({ of }) => of === type)
    return {
      ttl: asked[0]?.ttl ?? 0,
      values: asked.map(({ data }) => plain(type, data)),
      besides: records.filter(({ of }) => of !== type).map(({ of }) => of),
    }
  } catch {
    return none
  }
}
