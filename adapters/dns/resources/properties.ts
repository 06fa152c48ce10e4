import * as z from 'zod'
import { InternalError } from '../../../src/model/errors.ts'
import type { TenantObject } from '../../../src/model/resource.ts'

const server = z.looseObject({
  name: z.string(),
  address: z.string(),
  state: z.enum(['answered', 'unreadable', 'no-route']),
  ttl: z.number(),
  values: z.array(z.string()),
  reason: z.string().exactOptional(),
})

const form = z.looseObject({
  state: z.enum(['answered', 'unreadable']),
  reason: z.string().exactOptional(),
  ttl: z.number(),
  values: z.array(z.string()),
  servers: z.array(server),
})

type SetProperties = z.infer<typeof form>

/** What a record set's object says, as `propertiesOf` wrote it. */
export function setProperties({ name, properties }: TenantObject): SetProperties {
  const read = form.safeParse(properties)
  if (read.success) return read.data
  throw new InternalError({
    tried: `take the records of ${name} out of its object`,
    said: read.error.message,
  })
}
