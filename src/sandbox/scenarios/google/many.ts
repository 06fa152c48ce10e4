import type { GooglePolicy, GoogleUser } from '../../tenant/google.ts'
import { orgUnitIds } from './ids.ts'
import { person } from './people.ts'

/** Policies of other applications around those of Gmail, so that pages of Gmail's come empty before and after them. */
export function surround(policies: readonly GooglePolicy[], count: number): readonly GooglePolicy[] {
  const others = Array.from({ length: count - policies.length }, (_, index): GooglePolicy => {
    const half = index % 2 === 0 ? 'ahp1' : 'ahp9'
    return {
      id: `${half}${String(index).padStart(24, '0')}`,
      type: `settings/chrome.setting_${index}`,
      orgUnit: orgUnitIds['/'],
      sortOrder: 500 + index,
      source: 'ADMIN',
      value: { enabled: index % 3 === 0 },
    }
  })
  return [...others, ...policies]
}

export function manyPeople(count: number): readonly GoogleUser[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(4, '0')
    return person(`Person ${number}`, `person${number}`)
  })
}
