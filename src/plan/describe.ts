import type { ReadableResource } from '../model/resource.ts'

/** How objects of a kind are normalised and made again; undefined for a kind that nothing knows. */
export type Describe = (
  kind: string,
) => Pick<ReadableResource, 'writable' | 'rebuild' | 'identifying'> | undefined
