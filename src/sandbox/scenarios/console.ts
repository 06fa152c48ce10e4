import type { RegionId } from '../../model/words.ts'
import type { Scenario } from './scenario.ts'

const nextRegion: Readonly<Record<RegionId, RegionId>> = { us: 'eu', eu: 'au', au: 'us' }

/** What the vendor's API says, and to whom. */
export const consoleScenarios = {
  'xray-other-region': {
    description: 'the organization at the vendor is in another region than the addresses say',
    change({ vendor }) {
      vendor.region = nextRegion[vendor.region]
    },
  },
  'xray-denied': {
    description: 'the token for the vendor’s API may not read',
    change({ vendor }) {
      vendor.licensed = false
    },
  },
} as const satisfies Record<string, Scenario>
