import type { ReadableResource, Resource, WritableResource } from '../../../src/model/resource.ts'
import type { Directory, WritableDirectory } from '../directory.ts'
import { appRoleAssignment } from './app-role-assignment.ts'
import { delegatedGrant } from './delegated-grant.ts'
import { servicePrincipal } from './service-principal.ts'

type DirectoryResource = Resource<Directory, WritableDirectory>

const resources: readonly DirectoryResource[] = [servicePrincipal, appRoleAssignment, delegatedGrant]

/** Microsoft Graph answers from replicas: https://learn.microsoft.com/graph/best-practices-concept */
function bindReadable(resource: DirectoryResource, directory: Directory): ReadableResource {
  const { kind, writable, rebuild, identifying } = resource
  const list = () => resource.list(directory)
  const known = identifying === undefined ? {} : { identifying }
  return { kind, replicated: true, list, writable, rebuild, ...known }
}

function bindWritable(resource: DirectoryResource, directory: WritableDirectory): WritableResource {
  return {
    ...bindReadable(resource, directory),
    remove: (objects) => resource.remove(directory, objects),
    edit: (object, edits) => resource.edit(directory, object, edits),
    create: (calls) => resource.create(directory, calls),
  }
}

export function readableResources(directory: Directory): ReadonlyMap<string, ReadableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindReadable(resource, directory)]))
}

export function writableResources(directory: WritableDirectory): ReadonlyMap<string, WritableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindWritable(resource, directory)]))
}
