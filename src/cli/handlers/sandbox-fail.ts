import { UsageError } from '../../model/errors.ts'
import { type FaultKind, faultKinds } from '../../sandbox/faults.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox } from '../sandbox-command.ts'

function isFault(name: string): name is FaultKind {
  return Object.hasOwn(faultKinds, name)
}

function faultOf(name: string): FaultKind {
  if (isFault(name)) return name
  throw new UsageError({
    tried: `make the sandbox fail with "${name}"`,
    said: 'it does not know that way',
    hint: `Known: ${Object.keys(faultKinds).join(', ')}.`,
  })
}

/** `sandbox fail KIND`: how the next requests go wrong. */
export function handleSandboxFail(input: Input, context: Context): Promise<number> {
  const kind = faultOf(input.arguments[0] ?? '')
  return onSandbox(input, context, async ({ control, options, print }) => {
    const { at, cmdlet, times } = options
    const fault = {
      kind,
      ...(at === undefined ? {} : { at }),
      ...(cmdlet === undefined ? {} : { cmdlet }),
      ...(times === undefined ? {} : { times }),
    }
    await control.fail(fault)
    print(fault, `It will fail: ${faultKinds[kind].summary}.`)
  })
}
