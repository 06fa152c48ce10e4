/** `Name@odata.type`, `Name@data.type`, `@odata.id`: what the transport says of a value, not part of it. */
const sidecar = /@(?:odata|data)\./

/** Takes the transport's keys out of a parsed JSON value, at any depth. In place: a page holds 200,000 properties. */
export function removeSidecars(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const entry of value) removeSidecars(entry)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (sidecar.test(name)) Reflect.deleteProperty(value, name)
    else removeSidecars(member)
  }
}
