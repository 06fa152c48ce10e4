import type { Platform } from '../model/platform.ts'
import type { PlatformId } from '../model/words.ts'

/** The procedures. Each is loaded when it is asked for. */
export const platforms: Readonly<Record<PlatformId, () => Promise<Platform>>> = {
  'google-workspace': async () => (await import('./google-workspace/index.ts')).googleWorkspace,
  'm365-api': async () => (await import('./m365-api/index.ts')).m365Api,
  'm365-inline': async () => (await import('./m365-inline/index.ts')).m365Inline,
  other: async () => (await import('./other/index.ts')).other,
}
