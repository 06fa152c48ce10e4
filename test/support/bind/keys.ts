import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface TsigKey {
  readonly name: string
  readonly secret: string
}

/** Key files as `nsupdate -k` takes them, by what the server makes of them. */
export interface KeyFiles {
  /** May change the zones. */
  readonly permitted: string
  /** Known to the server, and may change nothing. */
  readonly powerless: string
  /** The name of a known key, with another secret. */
  readonly wrongSecret: string
  /** Of a name that the server does not know. */
  readonly unknown: string
}

export interface Keys {
  readonly files: KeyFiles
  readonly secrets: readonly string[]
  /** The statements for the server's configuration. */
  readonly config: string
}

export const permittedKey = 'offboard-key'

function statement({ name, secret }: TsigKey): string {
  return `key "${name}" {\n  algorithm hmac-sha256;\n  secret "${secret}";\n};\n`
}

function newKey(name: string): TsigKey {
  return { name, secret: randomBytes(32).toString('base64') }
}

/** Makes keys for one test, as BIND's `tsig-keygen` writes them. */
export function makeKeys(folder: string): Keys {
  const keys = {
    permitted: newKey(permittedKey),
    powerless: newKey('powerless-key'),
    wrongSecret: newKey(permittedKey),
    unknown: newKey('unknown-key'),
  }
  const write = (label: string, key: TsigKey) => {
    const file = join(folder, `${label}.key`)
    writeFileSync(file, statement(key), { mode: 0o600 })
    return file
  }
  return {
    files: {
      permitted: write('permitted', keys.permitted),
      powerless: write('powerless', keys.powerless),
      wrongSecret: write('wrong-secret', keys.wrongSecret),
      unknown: write('unknown', keys.unknown),
    },
    secrets: Object.values(keys).map(({ secret }) => secret),
    config: statement(keys.permitted) + statement(keys.powerless),
  }
}
