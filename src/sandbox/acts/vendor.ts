import { vendorObjects } from '../scenarios/vendor-objects.ts'
import { vendorNames } from '../scenarios/vendor-setup.ts'
import { deleteObject, insertObject, objectNamed, setProperties } from '../tenant/change.ts'
import type { SandboxState, StoredObject } from '../tenant/state.ts'
import { type Act, argument } from './act.ts'

const kind = 'transport-rule'

function redirect(state: SandboxState): StoredObject {
  return objectNamed(state, kind, vendorNames.redirect)
}

/** The app makes what is missing of connectors and redirect rule, as it was set up at first. */
function putBack(state: SandboxState): void {
  const wanted = vendorObjects(state.regions).filter(
    ({ kind, name }) => kind !== 'transport-rule' || name === vendorNames.redirect,
  )
  for (const { kind, name, properties } of wanted) {
    const isThere = state.objects[kind].some((object) => object.name === name)
    if (!isThere) insertObject(state, kind, { name, properties }, kind === 'transport-rule' ? 0 : undefined)
  }
}

/** What happens to the vendor's own objects. */
export const vendorActs = {
  'delete-redirect-rule': {
    description: 'deletes the redirect rule',
    run: (state) => deleteObject(state, kind, vendorNames.redirect),
  },
  'disable-redirect-rule': {
    description: 'disables the redirect rule',
    run: (state) => setProperties(state, redirect(state), { State: 'Disabled' }),
  },
  'enable-redirect-rule': {
    description: 'enables the redirect rule',
    run: (state) => setProperties(state, redirect(state), { State: null }),
  },
  'edit-redirect-rule': {
    description: 'adds a domain to the condition of the redirect rule {domain: fabrikam.com}',
    run: (state, args) =>
      setProperties(state, redirect(state), {
        RecipientDomainIs: ['contoso.com', argument(args, 'domain', 'fabrikam.com')],
      }),
  },
  'rename-redirect-rule': {
    description: 'gives the redirect rule another name {to: Scanner redirect}',
    run: (state, args) => {
      redirect(state).name = argument(args, 'to', 'Scanner redirect')
    },
  },
  'restore-redirect-rule': {
    description: 'the vendor’s app puts redirect rule and connectors back',
    run: putBack,
  },
  'edit-vendor-connector': {
    description:
      'adds an address of another sender to the vendor’s inbound connector {address: 203.0.113.60}',
    run: (state, args) => {
      const connector = objectNamed(state, 'inbound-connector', vendorNames.inbound)
      const before = connector.properties.SenderIPAddresses
      const list = Array.isArray(before) ? before : []
      setProperties(state, connector, {
        SenderIPAddresses: [...list, argument(args, 'address', '203.0.113.60')],
      })
    },
  },
} as const satisfies Record<string, Act>
