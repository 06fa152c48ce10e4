import { customerNames } from '../scenarios/customer.ts'
import { vendorNames } from '../scenarios/vendor-setup.ts'
import { deleteObject, insertObject, objectNamed, setProperties } from '../tenant/change.ts'
import type { SandboxState, StoredObject } from '../tenant/state.ts'
import { type Act, argument, textsOf } from './act.ts'

function filterPolicy(state: SandboxState): StoredObject {
  return objectNamed(state, 'connection-filter-policy', 'Default')
}

function allowed(state: SandboxState): readonly string[] {
  return textsOf(filterPolicy(state).properties.IPAllowList)
}

/** What the customer's administrators do to their own objects. */
export const customerActs = {
  'add-customer-rule': {
    description:
      'makes a rule that has nothing to do with the vendor, in the first place {name: Tag invoices}',
    run: (state, args) =>
      insertObject(
        state,
        'transport-rule',
        {
          name: argument(args, 'name', 'Tag invoices'),
          properties: { SubjectContainsWords: ['invoice'], PrependSubject: '[invoice] ' },
        },
        0,
      ),
  },
  'edit-customer-rule': {
    description: 'changes the comment of a rule of the customer’s {name, comments}',
    run: (state, args) =>
      setProperties(
        state,
        objectNamed(state, 'transport-rule', argument(args, 'name', customerNames.disclaimer)),
        {
          Comments: argument(args, 'comments', 'Seen by the auditors.'),
        },
      ),
  },
  'delete-customer-rule': {
    description: 'deletes a rule of the customer’s {name}',
    run: (state, args) =>
      deleteObject(state, 'transport-rule', argument(args, 'name', customerNames.disclaimer)),
  },
  'add-routing-rule': {
    description:
      'makes a rule of the customer’s that routes to the vendor’s connector {name: Board mail to the scanner}',
    run: (state, args) =>
      insertObject(state, 'transport-rule', {
        name: argument(args, 'name', 'Board mail to the scanner'),
        properties: {
          RecipientAddressContainsWords: ['board'],
          RouteMessageOutboundConnector: argument(args, 'connector', vendorNames.outbound),
        },
      }),
  },
  'add-customer-connector': {
    description: 'makes an inbound connector for a partner {name: Partner mail from Adatum}',
    run: (state, args) =>
      insertObject(state, 'inbound-connector', {
        name: argument(args, 'name', 'Partner mail from Adatum'),
        properties: { SenderDomains: ['smtp:adatum.example;1'], SenderIPAddresses: ['203.0.113.128/25'] },
      }),
  },
  'add-address': {
    description: 'allows an address in the connection filter {address: 203.0.113.99}',
    run: (state, args) =>
      setProperties(state, filterPolicy(state), {
        IPAllowList: [...allowed(state), argument(args, 'address', '203.0.113.99')],
      }),
  },
  'remove-address': {
    description: 'takes an address out of the connection filter {address: the first one}',
    run: (state, args) => {
      const gone = argument(args, 'address', allowed(state)[0] ?? '')
      setProperties(state, filterPolicy(state), {
        IPAllowList: allowed(state).filter((entry) => entry !== gone),
      })
    },
  },
} as const satisfies Record<string, Act>
