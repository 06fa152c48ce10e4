import * as z from 'zod'
import { InternalError, NotFoundError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import type { Customer, WritableCustomer } from '../customer.ts'
import { parsed } from '../json.ts'

const kind = 'user-token'

const person = z.looseObject({ id: z.string().min(1), primaryEmail: z.string().min(1) })
const token = z.looseObject({ clientId: z.string().min(1), displayText: z.string().nullish() })

type Person = z.infer<typeof person>

function toObject({ id, primaryEmail }: Person, clientId: string, whole: JsonObject): TenantObject {
  const name = `${primaryEmail}/${clientId}`
  return { guid: `${id}/${clientId}`, name, properties: { ...whole, user: primaryEmail } }
}

/** A user who is gone meanwhile has none. */
async function tokensOf({ google }: Customer, userKey: string): Promise<readonly JsonObject[]> {
  try {
    return await google.tokens(userKey)
  } catch (error) {
    if (error instanceof NotFoundError) return []
    throw error
  }
}

async function list(customer: Customer): Promise<readonly TenantObject[]> {
  const tried = 'list the applications to which users consented'
  const people = (await customer.google.users()).map((user) => parsed(person, user, tried))
  const lists = await Promise.all(
    people.map(async (user) => {
      const held = await tokensOf(customer, user.id)
      return held.flatMap((whole) => {
        const { clientId, displayText } = parsed(token, whole, tried)
        const isWanted = customer.wantedToken({ clientId, displayText: displayText ?? '' })
        return isWanted ? [toObject(user, clientId, whole)] : []
      })
    }),
  )
  return lists.flat()
}

function partsOf({ guid, name }: ObjectRef): readonly [string, string] {
  const [userKey, clientId, more] = guid.split('/')
  if (userKey && clientId && more === undefined) return [userKey, clientId]
  throw new InternalError({ tried: `name "${name}" by its id`, said: `"${guid}" is no id of a consent` })
}

function writable({ properties }: TenantObject): JsonObject {
  const { user, clientId, scopes } = properties
  const held = Array.isArray(scopes) ? scopes.map(String).toSorted() : []
  return { user: String(user), clientId: String(clientId), scopes: held }
}

function refuse(tried: string): never {
  throw new InternalError({ tried, said: 'only the user can consent' })
}

/**
 * What single users consented to, of the applications that are wanted. It does not hold what delegation for the
 * whole domain gives. https://developers.google.com/workspace/admin/directory/reference/rest/v1/tokens
 */
export const userToken: Resource<Customer, WritableCustomer> = {
  kind,
  list,
  writable,
  rebuild: () => ({ notRebuildable: ['the user would have to consent again'] }),
  async remove({ google }, objects) {
    for (const object of objects) {
      const [userKey, clientId] = partsOf(object)
      try {
        await google.removeToken(userKey, clientId, `take the consent "${object.name}" away`)
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
      }
    }
  },
  async edit(_customer, { name }) {
    refuse(`change the consent "${name}"`)
  },
  async create() {
    refuse('make a consent')
  },
}
