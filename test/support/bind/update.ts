import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { BindRecordSet } from './zone.ts'

/** Writes a set by `nsupdate`, at a server on 127.0.0.1. Without values it goes. */
export async function update(port: number, key: string, zone: string, set: BindRecordSet): Promise<void> {
  const { name, type, ttl, values } = set
  const lines = [
    `server 127.0.0.1 ${port}`,
    `zone ${zone}.`,
    `update delete ${name}. ${type}`,
    ...values.map((value) => `update add ${name}. ${ttl} ${type} ${value}${type === 'MX' ? '.' : ''}`),
    'send',
  ]
  const child = spawn('nsupdate', ['-k', key], { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  const hear = (text: Buffer) => {
    said += text.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.stdin.end(`${lines.join('\n')}\n`)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`nsupdate: ${said}`)
}
