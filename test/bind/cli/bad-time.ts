import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** RFC 8945: sections 4.2, 5.2.3 and 5.3. */
const [notAuth, badTime, anyClass, tsigType] = [9, 18, 255, 250]
const headerLength = 12

function skipName(message: Buffer, at: number): number {
  let end = at
  for (let length = message.readUInt8(end); length !== 0; length = message.readUInt8(end)) {
    if (length >= 0xc0) return end + 2
    end += 1 + length
  }
  return end + 1
}

function skipRecord(message: Buffer, at: number): number {
  const fixed = skipName(message, at)
  return fixed + 10 + message.readUInt16BE(fixed + 8)
}

/** Where the last record of an update begins. */
function lastRecord(message: Buffer): number {
  const [zones = 0, prerequisites = 0, updates = 0, additional = 0] = [4, 6, 8, 10].map((at) =>
    message.readUInt16BE(at),
  )
  let at = headerLength
  for (let zone = 0; zone < zones; zone += 1) at = skipName(message, at) + 4
  for (let record = 1; record < prerequisites + updates + additional; record += 1)
    at = skipRecord(message, at)
  return at
}

function toName(text: string): Buffer {
  const labels = text
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

function signatureIn(update: Buffer): { readonly time: number; readonly mac: Buffer } {
  const data = skipName(update, lastRecord(update)) + 10
  const after = skipName(update, data)
  const length = update.readUInt16BE(after + 8)
  return { time: update.readUIntBE(after, 6), mac: update.subarray(after + 10, after + 10 + length) }
}

/**
 * What a server answers whose clock is an hour ahead: it takes the key, and not the time. `keyFile` is the one of the
 * update, with which the answer is signed.
 */
export function badTimeAnswer(update: Buffer, keyFile: string): Buffer {
  const text = readFileSync(keyFile, 'utf8')
  const [, name = ''] = /key "([^"]+)"/.exec(text) ?? []
  const [, secret = ''] = /secret "([^"]+)"/.exec(text) ?? []
  const { time, mac } = signatureIn(update)
  const id = update.subarray(0, 2)
  const flags = number(0xa800 | notAuth, 2)
  const header = (additional: number) => Buffer.concat([id, flags, Buffer.alloc(6), number(additional, 2)])
  const [keyName, algorithm] = [toName(name), toName('hmac-sha256')]
  const signed = Buffer.concat([number(time, 6), number(300, 2)])
  const verdict = Buffer.concat([number(badTime, 2), number(6, 2), number(time + 3600, 6)])
  const variables = [keyName, number(anyClass, 2), number(0, 4), algorithm, signed, verdict]
  const own = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(Buffer.concat([number(mac.length, 2), mac, header(0), ...variables]))
    .digest()
  const data = Buffer.concat([algorithm, signed, number(own.length, 2), own, id, verdict])
  const record = [
    keyName,
    number(tsigType, 2),
    number(anyClass, 2),
    number(0, 4),
    number(data.length, 2),
    data,
  ]
  return Buffer.concat([header(1), ...record])
}
