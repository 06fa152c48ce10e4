import type { Footprint } from '../../model/footprint.ts'
import type { Platform, Step } from '../../model/platform.ts'
import type { SystemId } from '../../model/words.ts'

function systemOf(step: Step): readonly SystemId[] {
  return 'system' in step ? [step.system] : []
}

/** Whether a platform reads from a system, or changes something there. */
export function isUsed(system: SystemId, { steps, reads, restore }: Platform): boolean {
  const used = [...steps, ...restore.steps].flatMap(systemOf)
  const read = [...reads, ...restore.reads].map((one) => one.system)
  return [...used, ...read].includes(system)
}

/** Whether a plan of a platform would be incomplete without reading from a system. */
export function isNeeded(system: SystemId, { reads }: Platform, footprint: Footprint): boolean {
  return reads
    .filter((read) => read.system === system)
    .some(({ required }) => (typeof required === 'boolean' ? required : required(footprint)))
}
