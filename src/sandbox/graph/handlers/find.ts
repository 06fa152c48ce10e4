import type { DirectoryObject } from '../../tenant/directory.ts'
import { badRequest, notThere } from '../errors.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The service principal of an object id, or of an application id as `appId='…'`. Throws a GraphRefusal. */
export function findApp(apps: readonly DirectoryObject[], key: string | undefined): DirectoryObject {
  const wanted = (key ?? '').toLowerCase()
  const [, appId] = /^appid='(.*)'$/.exec(wanted) ?? []
  const id = appId ?? wanted
  if (!guid.test(id)) throw badRequest(`Invalid object identifier '${id}'.`)
  const property = appId === undefined ? 'id' : 'appId'
  const found = apps.find((app) => String(app[property]).toLowerCase() === id)
  if (found === undefined) throw notThere(id)
  return found
}

/** The object of this id. Throws a GraphRefusal. */
export function findObject(objects: readonly DirectoryObject[], id: string | undefined): DirectoryObject {
  const found = objects.find((object) => object.id === id)
  if (found === undefined) throw notThere(id ?? '')
  return found
}
