import type { Footprint } from '../../model/footprint.ts'
import type { Verdict } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { text } from '../properties.ts'

/** An application as a directory lists it. */
export interface ListedApp {
  readonly appId: string
  readonly displayName: string
}

function isNamed(appId: string, { apps }: Footprint): boolean {
  return apps.includes(appId.toLowerCase())
}

/** The vendor's name in a display name, with case and spaces folded. */
function nameIn(displayName: string, { appNames }: Footprint): string | undefined {
  const name = displayName.toLowerCase().replaceAll(/\s+/g, ' ')
  return appNames.find((vendor) => name.includes(vendor))
}

/** Whether an application is worth reading: named by the operator, or with a name like the vendor's. */
export function wantedApp(footprint: Footprint): (app: ListedApp) => boolean {
  return ({ appId, displayName }) => isNamed(appId, footprint) || nameIn(displayName, footprint) !== undefined
}

/** The application id alone makes an app the vendor's: anybody may give an app any name. */
export function matchApp(app: TenantObject, footprint: Footprint): Verdict {
  const appId = text(app, 'appId') ?? ''
  if (isNamed(appId, footprint)) return { is: 'vendor', reason: `you named its application id ${appId}` }
  const name = nameIn(app.name, footprint)
  if (name === undefined) return { is: 'other' }
  return {
    is: 'lookalike',
    reason: `its name has "${name}" in it; only the application id (${appId}) could tell whose it is`,
  }
}
