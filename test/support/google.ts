import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { googleAccount } from '../../src/sandbox/google/account.ts'
import { administratorKey, serviceAccountKey } from '../google/credentials.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** How a world signs in to Google. */
export type GoogleCredential = 'service-account' | 'administrator' | 'token'

export interface GoogleWorldOptions extends WorldOptions {
  readonly credential?: GoogleCredential
}

function keyFile({ folder }: World, key: object): string {
  const path = join(folder, 'google-key.json')
  writeFileSync(path, JSON.stringify(key), { mode: 0o600 })
  return path
}

/** A token with every scope that the administrator consented to. */
async function tokenOf({ env }: World): Promise<string> {
  const { refresh_token, client_id, client_secret } = administratorKey
  const response = await fetch(new URL('/token', env.OFFBOARD_GOOGLE_URL), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token, client_id, client_secret }),
  })
  const body: unknown = await response.json()
  if (typeof body === 'object' && body !== null && 'access_token' in body) return String(body.access_token)
  throw new Error(`no token: ${JSON.stringify(body)}`)
}

const credentials = {
  'service-account': async (world: World) => ({
    GOOGLE_APPLICATION_CREDENTIALS: keyFile(world, serviceAccountKey),
    OFFBOARD_GOOGLE_SUBJECT: googleAccount.subject,
  }),
  administrator: async (world: World) => ({
    GOOGLE_APPLICATION_CREDENTIALS: keyFile(world, administratorKey),
  }),
  token: async (world: World) => ({ OFFBOARD_GOOGLE_TOKEN: await tokenOf(world) }),
} satisfies Record<GoogleCredential, (world: World) => Promise<Record<string, string>>>

/** A world whose customer is Google's, with a credential for it alone. */
export async function openGoogleWorld({
  credential = 'service-account',
  ...options
}: GoogleWorldOptions = {}): Promise<World> {
  const world = await openWorld({ scenario: 'google-default', ...options, platform: 'google-workspace' })
  Object.assign(world.env, await credentials[credential](world))
  return world
}
