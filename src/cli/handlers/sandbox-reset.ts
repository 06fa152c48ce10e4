import type { Context, Input } from '../command.ts'
import { onSandbox, wantedSandbox } from '../sandbox-command.ts'

/** `sandbox reset`: the tenant as it was at first, perhaps with another scenario or region. */
export function handleSandboxReset(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ control, options, print }) => {
    const { scenario, regions } = wantedSandbox(options)
    await control.reset({
      ...(scenario === undefined ? {} : { scenario }),
      ...(regions === undefined ? {} : { regions }),
    })
    const { scenario: now, regions: of } = await control.show()
    print({ scenario: now, regions: of }, `The sandbox is new: scenario ${now}, regions ${of.join(', ')}.`)
  })
}
