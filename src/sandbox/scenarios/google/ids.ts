import { createHash } from 'node:crypto'

function hex(seed: string): string {
  return createHash('sha256').update(seed).digest('hex')
}

/** Letters as in Google's ids; the same for the same seed. */
function letters(seed: string, length: number): string {
  return BigInt(`0x${hex(seed)}`)
    .toString(36)
    .slice(0, length)
}

export function policyId(seed: string): string {
  return `ahp3${letters(`policy ${seed}`, 24)}`
}

/** 'fb580-02rvqlb32nzzmh1:00gjdgxs3dy6vkm': what the audit log names a rule by stands before the '-'. */
export function ruleId(seed: string): string {
  return `${hex(`rule ${seed}`).slice(0, 5)}-02rvqlb32nzzmh1:00gjdgx${letters(`rule ${seed}`, 8)}`
}

export function numberId(seed: string): string {
  return `1${BigInt(`0x${hex(seed)}`)
    .toString()
    .slice(0, 20)}`
}

export const orgUnitIds = {
  '/': '03ph8a2z2dvk5ts',
  '/Sales': '03ph8a2z1qjwb6k',
  '/Sales/EMEA': '03ph8a2z0r4m9xd',
  '/Finance': '03ph8a2z3u7c2pe',
  '/Contractors': '03ph8a2z4w5h8na',
} as const

export type OrgUnitPath = keyof typeof orgUnitIds

export const groupIds = { board: '01tuee744837sjz', pilot: '02szc72q2k1vf8m' } as const
