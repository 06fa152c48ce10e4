import { Writable } from 'node:stream'

/** A stream for tests, which remembers what was written. */
export function createRecorder(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}
