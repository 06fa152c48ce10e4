import { constants, open } from 'node:fs/promises'
import { UsageError } from '../../../../src/model/errors.ts'

/** A TSIG key without its secret, which `nsupdate` alone reads. */
export interface TsigKey {
  readonly file: string
  readonly name: string
  /** 'hmac-sha256' */
  readonly algorithm: string
}

const comments = /"[^"\n]*"|\/\*[\s\S]*?\*\/|(?:\/\/|#).*/g
const statement = /^\s*key\s+"?(?<name>[\w.-]+)"?\s*\{(?<body>[^{}]*)\}\s*;\s*$/
const algorithms = /^hmac-(?:md5|sha1|sha224|sha256|sha384|sha512)$/
const longest = 16_384

/**
 * Checks a key file in BIND's format, as `tsig-keygen` writes it, so that what is wrong is said in words before
 * anything is sent. Throws a UsageError that names the file, and shows nothing of what is in it.
 */
export async function readKeyFile(file: string): Promise<TsigKey> {
  const tried = `read the key file ${file}`
  const text = await ownText(file, tried)
  const plain = text.replace(comments, (match) => (match.startsWith('"') ? match : ' '))
  const { name, body = '' } = statement.exec(plain)?.groups ?? {}
  const algorithm = /\balgorithm\s+"?([\w.-]+)"?\s*;/i.exec(body)?.[1]?.toLowerCase().replace(/\.$/, '')
  const secret = /\bsecret\s+"?([A-Za-z0-9+/]+={0,2})"?\s*;/i.exec(body)?.[1]
  if (name === undefined) throw unusable(tried, 'it is not one "key" statement of BIND')
  if (algorithm === undefined || !algorithms.test(algorithm)) {
    throw unusable(tried, `the key ${name} has no algorithm that is known (hmac-sha256 is one)`)
  }
  if (secret === undefined || secret.length % 4 !== 0) {
    throw unusable(tried, `the secret of the key ${name} is missing or not in base64`)
  }
  return { file, name, algorithm }
}

async function ownText(file: string, tried: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened'
    throw new UsageError({ tried, said: code, hint: 'Check OFFBOARD_RFC2136_KEY_FILE.' })
  })
  try {
    const status = await handle.stat()
    const { mode, size } = status
    if (!status.isFile()) throw unusable(tried, 'it is no file')
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      const seen = (mode & 0o777).toString(8).padStart(4, '0')
      throw new UsageError({
        tried,
        said: `others than its owner may use it (mode ${seen})`,
        hint: `Close it to others: chmod 600 ${file}`,
      })
    }
    if (size > longest) throw unusable(tried, `it is of ${size} bytes, which no key is`)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

function unusable(tried: string, said: string): UsageError {
  return new UsageError({
    tried,
    said,
    hint: 'Make a key with "tsig-keygen NAME", and give the server the same one.',
  })
}
