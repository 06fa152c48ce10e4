import { InternalError, OffboardError } from '../../src/model/errors.ts'
import { type Known, known, unknown } from './knowledge.ts'
import { type Organization, readOrganization } from './organization.ts'
import { type ReadOptions, reader } from './read.ts'
import { readScans, type Scans } from './scans.ts'

export interface XrayOptions extends ReadOptions {
  /** The organization's id there. */
  readonly organization: string
}

/** The vendor's API, as far as it may be read. What it refuses, or answers otherwise, is unknown and never thrown. */
export interface Xray {
  organization(): Promise<Known<Organization>>
  /** Scans after `since`; reads no further when there are `enough`. */
  scansSince(since: Date, enough?: number): Promise<Known<Scans>>
}

/** An interrupt and a bug of ours are thrown on; whatever else is wrong is a reason. */
async function orUnknown<T>(signal: AbortSignal, act: () => Promise<Known<T>>): Promise<Known<T>> {
  try {
    return await act()
  } catch (error) {
    if (signal.aborted || error instanceof InternalError || !(error instanceof OffboardError)) throw error
    return unknown(error.said ?? error.message)
  }
}

const usableId = /^[\w-]+$/

export function xray(options: XrayOptions): Xray {
  const { organization: id, baseUrl, signal } = options
  const read = reader(options)

  function guarded<T>(act: () => Promise<Known<T>>): Promise<Known<T>> {
    if (!usableId.test(id)) return Promise.resolve(unknown(`"${id}" is no organization's id`))
    return orUnknown(signal, act)
  }

  return {
    organization: () =>
      guarded(async () => {
        const url = new URL(`/api/organizations/${id}/`, baseUrl)
        return readOrganization(await read(url, 'read the organization'), id)
      }),
    scansSince: (since, enough) =>
      guarded(async () =>
        known(
          await readScans(read, {
            baseUrl,
            organization: id,
            since,
            ...(enough === undefined ? {} : { enough }),
          }),
        ),
      ),
  }
}
