import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Case, dry, where } from './case.ts'

/** Environment, endpoints, credentials, state folder and journal. */
export const surroundingCases: readonly Case[] = [
  {
    name: 'an endpoint over http that is not loopback',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'http://exchange.example' }),
    says: /OFFBOARD_EXCHANGE_URL.*https/s,
  },
  {
    name: 'a foreign endpoint without --allow-endpoint',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'https://exchange.example' }),
    says: /exchange\.example.*--allow-endpoint/s,
  },
  {
    name: 'an endpoint in a .env file',
    args: dry,
    prepare: ({ folder }) =>
      writeFileSync(join(folder, '.env'), '\nOFFBOARD_LOGIN_URL=https://login.example\n'),
    says: /\.env.*line 2.*OFFBOARD_LOGIN_URL/s,
  },
  {
    name: 'resolvers that are none',
    args: dry,
    env: () => ({ OFFBOARD_DNS: 'resolver' }),
    says: /OFFBOARD_DNS/,
  },
  {
    name: 'a state folder that cannot be made',
    args: (world) => ['run', ...where, '--yes', '--state-dir', join(world.folder, 'file', 'below')],
    prepare: ({ folder }) => writeFileSync(join(folder, 'file'), ''),
    says: /file.below/s,
  },
  {
    name: 'a state folder that cannot be made, with the sandbox',
    args: (world) => [...dry(), '--sandbox', '--state-dir', join(world.folder, 'file', 'below')],
    prepare: ({ folder }) => writeFileSync(join(folder, 'file'), ''),
    says: /file.below/s,
  },
  {
    name: 'a journal that others may read',
    args: () => ['run', ...where, '--yes'],
    prepare({ stateDir }) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      chmodSync(stateDir, 0o755)
    },
    says: /state.*chmod/s,
  },
  {
    name: 'a corrupt journal',
    args: () => ['history'],
    prepare({ stateDir }) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      writeFileSync(join(stateDir, 'journal.sqlite'), 'not a database at all, whatever it is '.repeat(40), {
        mode: 0o600,
      })
    },
    says: /journal\.sqlite/,
  },
  {
    name: 'CI without a state folder',
    args: () => ['run', ...where, '--yes'],
    env: () => ({ CI: 'true', OFFBOARD_STATE_DIR: '' }),
    says: /--state-dir/,
  },
  {
    name: 'no credential',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_TOKEN: '', OFFBOARD_GRAPH_TOKEN: '' }),
    says: /credentials.*AZURE_CLIENT_ID/s,
  },
  {
    name: 'a transport that is none',
    args: () => [...dry(), '--exchange', 'carrier-pigeon'],
    says: /--exchange/,
  },
  {
    name: 'no tenant',
    args: dry,
    env: () => ({ OFFBOARD_TENANT: '' }),
    says: /--tenant is missing.*OFFBOARD_TENANT/s,
  },
  {
    name: 'several credentials',
    args: dry,
    env: () => ({
      ...{ AZURE_CLIENT_ID: '6a000000-0000-4000-8000-000000000001', AZURE_CLIENT_SECRET: 'canary' },
      AZURE_TENANT_ID: '6a000000-0000-4000-8000-000000000002',
    }),
    says: /--auth/,
  },
  {
    name: 'an endpoint that is no URL',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'exchange' }),
    says: /OFFBOARD_EXCHANGE_URL.*not a URL/s,
  },
  {
    name: 'an endpoint with a password in it',
    args: dry,
    env: () => ({ OFFBOARD_LOGIN_URL: 'https://ada:canary@login.microsoftonline.com' }),
    says: /OFFBOARD_LOGIN_URL.*user name or password/s,
  },
  {
    name: 'an endpoint of another protocol',
    args: dry,
    env: () => ({ OFFBOARD_LOGIN_URL: 'ftp://127.0.0.1' }),
    says: /OFFBOARD_LOGIN_URL.*https/s,
  },
  {
    name: 'a host that only looks like the service’s own',
    args: dry,
    env: () => ({ OFFBOARD_EXCHANGE_URL: 'https://outlook.office365.com.example' }),
    says: /outlook\.office365\.com\.example.*--allow-endpoint/s,
  },
  {
    name: 'resolvers in a .env file',
    args: dry,
    prepare: ({ folder }) => writeFileSync(join(folder, '.env'), 'OFFBOARD_DNS=192.0.2.53\n'),
    says: /\.env.*line 1.*OFFBOARD_DNS/s,
  },
  {
    name: 'a journal file that others may read',
    args: () => ['history'],
    prepare({ stateDir }) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      writeFileSync(join(stateDir, 'journal.sqlite'), '', { mode: 0o600 })
      chmodSync(join(stateDir, 'journal.sqlite'), 0o644)
    },
    says: /journal\.sqlite.*chmod 600/s,
  },
]
