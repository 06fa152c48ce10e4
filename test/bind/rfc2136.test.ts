import { afterAll, beforeAll } from 'vitest'
import { conformanceZone, describeProvider } from '../../adapters/dns/providers/conformance.ts'
import { type Bind, startBind } from '../support/bind.ts'
import { bindPlace } from './provider.ts'

let bind: Bind
beforeAll(async () => {
  bind = await startBind({ zones: [{ name: conformanceZone, sets: [] }] })
})
afterAll(() => bind.close())

describeProvider('rfc2136', {
  throttles: false,
  pages: false,
  makePlace: (seed, attempt) => bindPlace(bind, seed, attempt),
})
