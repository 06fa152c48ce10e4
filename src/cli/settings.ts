import * as z from 'zod'
import { authMethodIds } from '../auth/method.ts'
import { cloudIds } from '../config/clouds.ts'
import type { Environment } from '../config/environment.ts'
import { UsageError } from '../model/errors.ts'
import type { RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { Assignment } from './assignment.ts'
import { exchangeTransports } from './exchange-transport.ts'
import type { Options } from './parse.ts'

const names = z.array(z.string()).readonly()

/** What the journal keeps of the options, for later commands on the run. None of it is secret. */
const settingsSchema = z.object({
  tenant: z.string(),
  sandbox: z.boolean(),
  auth: z.enum(authMethodIds).nullable(),
  cloud: z.enum(cloudIds).nullable(),
  exchange: z.enum(exchangeTransports).nullable(),
  additions: z.object({
    rules: names,
    connectors: names,
    hosts: names,
    addresses: names,
    /** Not in runs of older versions. */
    apps: names.default([]),
    clients: names.default([]),
  }),
})

export function settingsOf(options: Options, { tenant, additions }: Assignment): JsonObject {
  const { rules, connectors, hosts, addresses, apps, clients } = additions
  return {
    tenant,
    sandbox: options.sandbox,
    auth: options.auth ?? null,
    cloud: options.cloud ?? null,
    exchange: options.exchange ?? null,
    additions: { rules, connectors, hosts, addresses, apps, clients },
  } satisfies z.input<typeof settingsSchema>
}

/** The options of a later command on a run: what it was started with, and what is given anew. */
export function resumeOptions(options: Options, run: RunRecord): Options {
  const settings = settingsSchema.parse(run.settings)
  if (options.sandbox && !settings.sandbox)
    throw new UsageError({
      tried: `go on with run ${run.id} in the sandbox`,
      said: 'it was not started there',
      hint: 'Leave --sandbox out.',
    })
  return {
    ...options,
    sandbox: settings.sandbox,
    auth: options.auth ?? settings.auth ?? undefined,
    cloud: options.cloud ?? settings.cloud ?? undefined,
    exchange: options.exchange ?? settings.exchange ?? undefined,
  }
}

/** What a run is about, by its journal. */
export function assignmentOfRun(run: RunRecord): (environment: Environment) => Assignment {
  const { tenant, additions } = settingsSchema.parse(run.settings)
  const { platform, regions, decisions } = run.plan
  return () => ({ tenant, platform, regions, decisions, additions })
}
