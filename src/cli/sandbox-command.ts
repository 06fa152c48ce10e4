import { UsageError } from '../model/errors.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { SandboxControl } from '../sandbox/control/client.ts'
import type { SandboxEndpoints } from '../sandbox/endpoints.ts'
import { openSandbox, type WantedSandbox } from './clock.ts'
import type { Context, Input } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { type Options, parseOptions } from './parse.ts'
import { environmentOf, stateDirOf } from './state.ts'

/** What a command that steers the sandbox works with. */
export interface SandboxCommand {
  readonly options: Options
  readonly endpoints: SandboxEndpoints
  readonly control: SandboxControl
  readonly argument: string | undefined
  /** Prints one result: as a JSON line, or as the text. */
  print(result: object, text: string): void
}

export function wantedSandbox({ scenario, region, port }: Options): WantedSandbox {
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(region === undefined ? {} : { regions: region }),
    ...(port === undefined ? {} : { port }),
  }
}

/** The sandbox's options stand for themselves: its state folder needs no naming in CI. */
export function sandboxStateDir(options: Options, context: Context): string {
  return stateDirOf({ ...options, sandbox: true }, environmentOf(options, context), context, false)
}

/** Runs one command on the sandbox of the state folder, which is started when it does not answer. */
export async function onSandbox(
  input: Input,
  context: Context,
  work: (command: SandboxCommand) => Promise<void>,
): Promise<number> {
  const options = parseOptions(input)
  const endpoints = await openSandbox(sandboxStateDir(options, context), wantedSandbox(options), context)
  const { sandboxControl } = await import('../sandbox/index.ts')
  await work({
    options,
    endpoints,
    control: await sandboxControl(endpoints.controlUrl),
    argument: input.arguments[0],
    print: (result, text) => context.stdout.write(`${options.json ? JSON.stringify(result) : text}\n`),
  })
  return exitCodes.done
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Reads `--set name=value`; a value that is JSON is taken as such, any other as text. */
export function readArguments(set: readonly string[]): JsonObject {
  return Object.fromEntries(
    set.map((text) => {
      const at = text.indexOf('=')
      if (at > 0) return [text.slice(0, at), jsonOrText(text.slice(at + 1))]
      throw new UsageError({
        tried: `read the option --set "${text}"`,
        said: 'it has no "="',
        hint: 'Write --set name=value.',
      })
    }),
  )
}
