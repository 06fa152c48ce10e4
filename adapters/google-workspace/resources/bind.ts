import type { ReadableResource, Resource, WritableResource } from '../../../src/model/resource.ts'
import type { Customer, WritableCustomer } from '../customer.ts'
import { complianceRule } from './compliance-rule.ts'
import { userToken } from './user-token.ts'

type GoogleResource = Resource<Customer, WritableCustomer>

const resources: readonly GoogleResource[] = [complianceRule, userToken]

/** What a write has changed may show late, and one read may not know what another knew. */
function bindReadable(resource: GoogleResource, customer: Customer): ReadableResource {
  const { kind, writable, rebuild, collateral } = resource
  const compares = collateral === undefined ? {} : { collateral }
  return { kind, replicated: true, list: () => resource.list(customer), writable, rebuild, ...compares }
}

function bindWritable(resource: GoogleResource, customer: WritableCustomer): WritableResource {
  return {
    ...bindReadable(resource, customer),
    remove: (objects) => resource.remove(customer, objects),
    edit: (object, edits) => resource.edit(customer, object, edits),
    create: (calls) => resource.create(customer, calls),
  }
}

export function readableResources(customer: Customer): ReadonlyMap<string, ReadableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindReadable(resource, customer)]))
}

export function writableResources(customer: WritableCustomer): ReadonlyMap<string, WritableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindWritable(resource, customer)]))
}
