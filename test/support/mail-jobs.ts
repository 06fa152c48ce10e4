import { afterEach } from 'vitest'
import { type Decided, type JobOptions, type MailJob, mailJob } from './mail-job.ts'
import type { MailZones } from './mail-zones.ts'

/** Makes runs over zones in memory, whose journals are gone after each test. */
export function mailJobs() {
  const open: MailJob[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((job) => job.close()))
  })
  return async (world: MailZones, decided?: Decided, options?: JobOptions): Promise<MailJob> => {
    const job = await mailJob(world, decided, options)
    open.push(job)
    return job
  }
}

interface Ended {
  readonly changes: readonly { readonly id: string; readonly outcome: string }[]
}

/** How each change stands, by its id. */
export function outcomesOf({ changes }: Ended): Readonly<Record<string, string>> {
  return Object.fromEntries(changes.map(({ id, outcome }) => [id, outcome]))
}
