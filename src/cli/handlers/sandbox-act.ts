import { acts } from '../../sandbox/acts.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox, readArguments } from '../sandbox-command.ts'

function listActs(): string {
  return Object.entries(acts)
    .map(([name, { description }]) => `${name}\n  ${description}`)
    .join('\n')
}

/** `sandbox act NAME`: what a person does in a console. */
export function handleSandboxAct(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ control, argument, options, print }) => {
    if (argument === undefined) {
      print({ acts: Object.keys(acts) }, listActs())
      return
    }
    await control.act(argument, readArguments(options.set))
    print({ act: argument }, `Done: ${argument}.`)
  })
}
