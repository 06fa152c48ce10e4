import type { ReadableResource, Resource, WritableResource } from '../../../src/model/resource.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { connectionFilter } from './connection-filter.ts'
import { inboundConnector } from './inbound-connector.ts'
import { outboundConnector } from './outbound-connector.ts'
import { transportRule } from './transport-rule.ts'

type ExchangeResource = Resource<ExchangeReader, ExchangeWriter>

const resources: readonly ExchangeResource[] = [
  connectionFilter,
  transportRule,
  inboundConnector,
  outboundConnector,
]

function bindReadable(resource: ExchangeResource, reader: ExchangeReader): ReadableResource {
  const { kind, writable, rebuild, place } = resource
  return {
    kind,
    list: () => resource.list(reader),
    writable,
    rebuild,
    ...(place === undefined ? {} : { place }),
  }
}

function bindWritable(resource: ExchangeResource, writer: ExchangeWriter): WritableResource {
  return {
    ...bindReadable(resource, writer),
    remove: (objects) => resource.remove(writer, objects),
    edit: (object, edits) => resource.edit(writer, object, edits),
    create: (calls) => resource.create(writer, calls),
  }
}

export function readableResources(reader: ExchangeReader): ReadonlyMap<string, ReadableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindReadable(resource, reader)]))
}

export function writableResources(writer: ExchangeWriter): ReadonlyMap<string, WritableResource> {
  return new Map(resources.map((resource) => [resource.kind, bindWritable(resource, writer)]))
}
