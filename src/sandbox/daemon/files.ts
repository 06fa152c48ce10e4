import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type RegionId, regionIds } from '../../model/words.ts'
import { endpointsSchema, type SandboxEndpoints } from '../endpoints.ts'

/** The files of a sandbox that is kept in a folder. */
export interface SandboxFiles {
  readonly state: string
  /** Where the running one answers. */
  readonly running: string
  readonly lock: string
  /** What whoever starts it wants. */
  readonly wanted: string
  /** Why the last start failed. */
  readonly failure: string
}

export function filesIn(folder: string): SandboxFiles {
  return {
    state: join(folder, 'state.json'),
    running: join(folder, 'running.json'),
    wanted: join(folder, 'wanted.json'),
    lock: join(folder, 'start.lock'),
    failure: join(folder, 'failure.txt'),
  }
}

const runningSchema = z.looseObject({ pid: z.number(), key: z.string(), endpoints: endpointsSchema })

/** What a running sandbox says of itself. */
export interface Running {
  readonly pid: number
  /** Known to this sandbox and its folder only: another program on its port does not know it. */
  readonly key: string
  readonly endpoints: SandboxEndpoints
}

/** How a sandbox in a folder is started, the first time. */
export interface ServeOptions {
  readonly scenario?: string
  readonly regions?: readonly RegionId[]
  /** HTTP listens here and DNS on the next one. */
  readonly port?: number
}

const wantedSchema = z.looseObject({
  scenario: z.string().exactOptional(),
  regions: z.array(z.enum(regionIds)).exactOptional(),
  port: z.number().exactOptional(),
})

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

export function readRunning(folder: string): Running | undefined {
  return readJson(filesIn(folder).running, runningSchema)
}

export function readWanted(folder: string): ServeOptions {
  return readJson(filesIn(folder).wanted, wantedSchema) ?? {}
}

/** Why the last start failed, and forgets it. */
export function takeFailure(folder: string): string | undefined {
  const { failure } = filesIn(folder)
  try {
    const text = readFileSync(failure, 'utf8')
    rmSync(failure)
    return text
  } catch {
    return undefined
  }
}
