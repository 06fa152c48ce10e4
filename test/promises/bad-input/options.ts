import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Case, dry, where } from './case.ts'

/** What stands on the command line. */
export const optionCases: readonly Case[] = [
  {
    name: 'an unknown region',
    args: () => ['run', '--platform', 'm365-inline', '--region', 'ue', '--dry-run'],
    says: /--region.*"ue".*us, eu, au/s,
  },
  {
    name: 'an unknown platform',
    args: () => ['run', '--platform', 'm365', '--region', 'eu', '--dry-run'],
    says: /--platform.*m365-inline/s,
  },
  {
    name: 'a tenant by its id, where there are domains alone',
    args: ({ tenantId }) => [
      'run',
      '--platform',
      'other',
      '--region',
      'eu',
      '--tenant',
      tenantId,
      '--dry-run',
    ],
    says: /--tenant.*Microsoft 365 tenant.*--domain/s,
  },
  {
    name: 'no region',
    args: () => ['run', '--platform', 'm365-inline', '--dry-run'],
    says: /--region is missing/,
  },
  { name: 'a malformed tenant', args: () => [...dry(), '--tenant', 'not a tenant'], says: /--tenant/ },
  {
    name: 'a tenant with a hidden character',
    args: () => [...dry(), '--tenant', 'contoso\u202e.com'],
    says: /--tenant/,
  },
  {
    name: 'a plan hash that is cut',
    args: () => ['run', ...where, '--plan-hash', 'abc123'],
    says: /--plan-hash.*64 hexadecimal/s,
  },
  {
    name: 'two approvals',
    args: () => ['run', ...where, '--yes', '--plan-hash', 'a'.repeat(64)],
    says: /--plan-hash and --yes exclude/,
  },
  {
    name: 'included and excluded',
    args: () => [...dry(), '--include', 'safe-list', '--exclude', 'Safe-List'],
    says: /both included and excluded/,
  },
  {
    name: 'quiet and verbose',
    args: () => [...dry(), '--quiet', '--verbose'],
    says: /--quiet and --verbose/,
  },
  { name: 'a dry run with an approval', args: () => [...dry(), '--yes'], says: /needs no approval/ },
  { name: '-o without a dry run', args: () => ['run', ...where, '--yes', '-o', 'plan.json'], says: /-o/ },
  { name: 'a duration that is none', args: () => [...dry(), '--drain', 'soon'], says: /--drain/ },
  { name: 'an unknown run', args: () => ['show', '20200101-000000-aaaa'], says: /20200101-000000-aaaa/ },
  {
    name: 'an unknown option',
    args: () => ['run', '--platfrom', 'm365-inline'],
    says: /--platfrom.*--platform/s,
    noSummary: true,
  },
  { name: 'an unknown command', args: () => ['rnu'], says: /rnu.*run/s, noSummary: true },
  {
    name: 'an option of another command',
    args: () => ['resume', '--include', 'x'],
    says: /--include/,
    noSummary: true,
  },
  { name: 'an unknown shell', args: () => ['completion', 'tcsh'], says: /tcsh.*bash/s, noSummary: true },
  {
    name: 'a plan file and its hash',
    args: () => ['run', '--plan', 'plan.json', '--plan-hash', 'a'.repeat(64)],
    prepare: ({ folder }) => writeFileSync(join(folder, 'plan.json'), '{}'),
    says: /--plan and --plan-hash exclude/,
  },
  {
    name: 'a wait that is longer than the longest',
    args: () => [...dry(), '--drain', '3h'],
    says: /--drain is longer than --drain-max/,
  },
  {
    name: 'a tenant that nobody has',
    args: () => [...dry(), '--tenant', 'nowhere.example'],
    says: /nowhere\.example.*no Microsoft\s+365\s+tenant/s,
  },
  {
    name: 'a way to sign in that there is not',
    args: () => [...dry(), '--auth', 'password'],
    says: /--auth.*certificate, secret/s,
  },
  {
    name: 'a scenario that there is not',
    args: ({ folder }) => [
      'sandbox',
      'start',
      '--scenario',
      'nothing',
      '--state-dir',
      join(folder, 'sandboxed'),
    ],
    says: /"nothing".*default/s,
    noSummary: true,
  },
  ...['resume', 'verify', 'abandon', 'restore'].map(
    (command): Case => ({
      name: `${command} of an unknown run`,
      args: () => [command, '20200101-000000-aaaa'],
      says: /20200101-000000-aaaa.*no such run/s,
    }),
  ),
  {
    name: 'a word too many',
    args: () => ['run', 'everything', ...where],
    says: /everything/,
    noSummary: true,
  },
  {
    name: 'an unknown command of the sandbox',
    args: () => ['sandbox', 'strat'],
    says: /strat.*start/s,
    noSummary: true,
  },
]
