import { text } from '../footprint/properties.ts'
import type { Blocker } from '../model/plan.ts'
import type { MatchContext, SurveyRead } from '../model/platform.ts'
import { objectsOf } from './objects.ts'

/** What the vendor's own API says of the organization, where there is a token for it. */
export const vendorReads: readonly SurveyRead[] = [
  { system: 'xray', kind: 'vendor-organization', required: false },
]

/** The vendor itself says that the organization is in another of its environments. */
export function otherEnvironment(context: MatchContext): readonly Omit<Blocker, 'waived'>[] {
  return objectsOf('vendor-organization', context).flatMap((organization) => {
    const region = text(organization, 'region')
    if (region === undefined || context.footprint.regions.some((asked) => asked === region)) return []
    return {
      id: `region:${region}`,
      kind: 'region',
      name: region,
      reason: `the vendor's API says that the organization "${organization.name}" is in ${region.toUpperCase()}: name that region`,
      waivable: true,
    }
  })
}
