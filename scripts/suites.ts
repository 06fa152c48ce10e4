import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { testEngines } from '../test/powershell/engine.ts'

/** Something that the machine must offer, without which a suite cannot run. */
export interface Need {
  /** Completes "needs …". */
  readonly name: string
  /** What to do where it is missing. */
  readonly remedy: string
  isMet(): Promise<boolean>
}

/** Test files that are run or skipped together. Each test file belongs to exactly one. */
export interface Suite {
  readonly name: string
  readonly files: readonly string[]
  readonly needs: readonly Need[]
}

const loopback: Need = {
  name: 'a port on 127.0.0.1',
  remedy: 'allow listening on the loopback interface',
  isMet: () =>
    new Promise((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(0, '127.0.0.1', () => server.close(() => resolve(true)))
    }),
}

const openssl: Need = {
  name: 'the program openssl, which makes certificates for the tests',
  remedy: 'install openssl',
  isMet: async () => spawnSync('openssl', ['version']).status === 0,
}

const powershell: Need = {
  name: 'PowerShell',
  remedy: 'install the .NET SDK 10, from which an engine is built here, or PowerShell 7.4 or newer',
  isMet: async () => (await testEngines().catch(() => [])).length > 0,
}

const bind: Need = {
  name: 'BIND 9 with its tools (named, nsupdate, dig)',
  remedy: 'install the packages bind9 and bind9-dnsutils',
  isMet: async () =>
    ['/usr/sbin/named', 'nsupdate', 'dig'].every(
      (program) => spawnSync(program, ['-v'], { input: '' }).error === undefined,
    ),
}

export const suites: readonly Suite[] = [
  { name: 'architecture', files: ['test/architecture/**/*.test.ts'], needs: [] },
  {
    name: 'unit',
    files: ['src/!(sandbox)/**/*.test.ts', '{scripts,bench}/**/*.test.ts'],
    needs: [loopback, openssl],
  },
  { name: 'sandbox', files: ['{src/sandbox,adapters}/**/*.test.ts'], needs: [loopback] },
  {
    name: 'end-to-end',
    files: ['test/!(architecture|bind|powershell)/**/*.test.ts', 'test/*.test.ts'],
    needs: [loopback, openssl],
  },
  { name: 'bind', files: ['test/bind/**/*.test.ts'], needs: [loopback, openssl, bind] },
  { name: 'powershell', files: ['test/powershell/**/*.test.ts'], needs: [loopback, powershell] },
]
