import type { ReadableResource, Resource, WritableResource } from '../../../src/model/resource.ts'
import type { Directory, WritableDirectory } from '../directory.ts'
import { appRoleAssignment } from './app-role-assignment.ts'
import { delegatedGrant } from './delegated-grant.ts'
import { servicePrincipal } from './service-principal.ts'

type DirectoryResource = Resource<Directory, WritableDirectory>

const resources: readonly DirectoryResource[] = [servicePrincipal, appRoleAssignment, delegatedGrant]

function bindReadable(resource: DirectoryResource, directory: Directory): ReadableResource {
  const { kind, writable, rebuild } = resource
  return { kind, list: () => resource.list(directory), writable, rebuild }
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
