import { recordSets } from './record-set.ts'

/** Where mail for a domain goes: all its MX records. */
export const mxSet = recordSets({ kind: 'mx-set', type: 'MX', nameOf: (domain) => domain })
