import { fold } from '../../model/name.ts'
import type { Blocker, Change } from '../../model/plan.ts'
import type { DecidedContext } from '../../model/platform.ts'

const id = 'app-before-console'

/** The app goes before the console's "Deactivate": only where the operator says so, and the plan then shows it. */
export function appBeforeConsole(
  { decisions }: DecidedContext,
  changes: readonly Change[],
): readonly Omit<Blocker, 'waived'>[] {
  const app = changes.find(({ system }) => system === 'graph')
  if (app === undefined || !decisions.allow.some((text) => fold(text) === id)) return []
  return [
    {
      id,
      kind: app.kind,
      name: app.name,
      reason: 'the app is changed before the integration is deactivated in the vendor’s console',
      waivable: true,
    },
  ]
}
