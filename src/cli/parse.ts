import * as z from 'zod'
import { authMethodIds } from '../auth/method.ts'
import { clientIdPattern } from '../config/client-id.ts'
import { cloudIds } from '../config/clouds.ts'
import { parseDuration } from '../config/duration.ts'
import { guidPattern } from '../config/guid.ts'
import { parseTenant } from '../config/tenant.ts'
import { UsageError } from '../model/errors.ts'
import { fold } from '../model/name.ts'
import { dnsProviderIds, platformIds, type RegionId, regionIds } from '../model/words.ts'
import type { Input } from './command.ts'
import { exchangeTransports } from './exchange-transport.ts'
import { mxForms } from './mx-forms.ts'
import { type OptionName, optionSpecs } from './options.ts'

const texts = z.array(z.string()).default([])
const flag = z.boolean().default(false)

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` })
}

/** The vendor's console says AU, its API and newer pages AUS. */
const spellings: Readonly<Record<string, RegionId>> = { us: 'us', eu: 'eu', au: 'au', aus: 'au' }

const regions = z.string().transform((text, context): readonly RegionId[] => {
  const words = text.split(',').map((word) => word.trim().toLowerCase())
  const unknown = words.find((word) => spellings[word] === undefined)
  if (unknown !== undefined)
    context.issues.push({
      code: 'custom',
      input: text,
      message: `"${unknown}" is not a region; known are ${regionIds.join(', ')}`,
    })
  return [...new Set(words.flatMap((word) => spellings[word] ?? []))]
})

const applicationIds = z
  .array(
    z
      .string()
      .trim()
      .regex(guidPattern, 'must be an application id: a GUID')
      .transform((id) => id.toLowerCase()),
  )
  .transform((ids): readonly string[] => [...new Set(ids)])
  .default([])

/** It stands in the filters of Google's audit logs, so it may hold nothing that means something there. */
const clientIds = z
  .array(z.string().trim().regex(clientIdPattern, 'must be a client id, as 104957120386611093472'))
  .transform((ids): readonly string[] => [...new Set(ids)])
  .default([])

function duration(name: OptionName) {
  return z.string().transform((text) => parseDuration(text, longFlag(name)))
}

const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number)

/** The form of every option's value. Defaults stand here alone. */
const forms = {
  tenant: z
    .string()
    .transform((text) => parseTenant(text, '--tenant').value)
    .optional(),
  platform: oneOf(platformIds).optional(),
  region: regions.optional(),
  include: texts,
  exclude: texts,
  allow: texts,
  footprint: z.string().optional(),
  remediationApp: applicationIds,
  revokeGrants: flag,
  deleteApp: flag,
  delegationClient: clientIds,
  googlePolicyWrites: flag,
  ...mxForms,
  dns: oneOf(dnsProviderIds).optional(),
  drain: duration('drain').optional(),
  drainMax: duration('drainMax').optional(),
  effectWait: duration('effectWait').optional(),
  wait: z.boolean().default(true),
  dryRun: flag,
  output: z.string().optional(),
  plan: z.string().optional(),
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be the whole hash: 64 hexadecimal digits')
    .transform((text) => text.toLowerCase())
    .optional(),
  planMaxAge: duration('planMaxAge').default(24 * 3_600_000),
  yes: flag,
  detailedExitcode: flag,
  message: z.string().optional(),
  only: texts,
  enableRedirect: flag,
  by: z.string().trim().min(1, 'must not be empty').optional(),
  note: z.string().optional(),
  prune: flag,
  olderThan: duration('olderThan').default(365 * 86_400_000),
  auth: oneOf(authMethodIds).optional(),
  exchange: oneOf(exchangeTransports).optional(),
  cloud: oneOf(cloudIds).optional(),
  allowEndpoint: texts,
  sandbox: flag,
  stateDir: z.string().min(1, 'must not be empty').optional(),
  json: flag,
  quiet: flag,
  verbose: flag,
  color: z.boolean().default(true),
  logFile: z.string().optional(),
  scenario: z.string().optional(),
  port: wholeNumber.optional(),
  at: wholeNumber.optional(),
  cmdlet: z.string().optional(),
  times: wholeNumber.optional(),
  set: texts,
} satisfies Record<OptionName, z.ZodType>

const schema = z.object(forms)

/** All options as a command reads them. */
export type Options = Readonly<z.output<typeof schema>>

function longFlag(name: OptionName): string {
  return /--[a-z-]+/.exec(optionSpecs[name].flag)?.[0] ?? name
}

function isOptionName(name: unknown): name is OptionName {
  return typeof name === 'string' && name in optionSpecs
}

/** Options that may not stand together, and why. */
const conflicts: readonly (readonly [OptionName, OptionName])[] = [
  ['plan', 'planHash'],
  ['plan', 'yes'],
  ['planHash', 'yes'],
  ['quiet', 'verbose'],
]

function refuseConflicts({ options }: Input): void {
  const both = conflicts.find(([a, b]) => options[a] !== undefined && options[b] !== undefined)
  if (both === undefined) return
  throw new UsageError({
    tried: 'read the options',
    said: `${longFlag(both[0])} and ${longFlag(both[1])} exclude one another`,
    hint: 'Give one of them.',
  })
}

function refuseTwoMinds({ include, exclude }: Options): void {
  const both = include.find((text) => exclude.some((other) => fold(other) === fold(text)))
  if (both === undefined) return
  throw new UsageError({
    tried: 'read the options',
    said: `"${both}" is both included and excluded`,
    hint: 'Decide for one of them.',
  })
}

const hinting = z.looseObject({ params: z.looseObject({ hint: z.string() }) })

function hintOf(issue: unknown): string | undefined {
  return hinting.safeParse(issue).data?.params.hint
}

/** Checks the options of a command line. A UsageError names the option and what it may be. */
export function parseOptions(input: Input): Options {
  refuseConflicts(input)
  const result = schema.safeParse(input.options)
  if (result.success) {
    refuseTwoMinds(result.data)
    return result.data
  }
  const [issue] = result.error.issues
  const name = issue?.path[0]
  const option = isOptionName(name) ? longFlag(name) : 'an option'
  const value = isOptionName(name) ? input.options[name] : undefined
  throw new UsageError({
    tried: `read the option ${option}${typeof value === 'string' ? ` "${value}"` : ''}`,
    said: issue?.message ?? 'it is not valid',
    hint: hintOf(issue) ?? 'See "offboard --help".',
  })
}
