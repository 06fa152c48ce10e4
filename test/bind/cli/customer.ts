import type { BindRecordSet, BindZone } from '../../support/bind/zone.ts'

/** A customer whose mail goes to the vendor by its MX. All values are made up. */
export const customer = {
  domain: 'contoso.example',
  /** By its host known as the vendor's. */
  vendorMx: '10 contoso-example.mx.perception-point.io',
  previousHost: 'mail.contoso.example',
  previousMx: '10 mail.contoso.example',
  vendorTxt: 'hT9bq0mYw3uE7cNfK1xVzR5sLdP8aGjQ2iO6tBeMnXk=',
} as const

/** Values of the customer's own at `_amazonses`, as a zone file has them: long, quoted, and beyond ASCII. */
export const ownTxt: readonly string[] = [
  `"${'k'.repeat(255)}" "${'q'.repeat(255)}" "rest"`,
  '"he said \\"keep this; all of it\\" \\\\ and left"',
  '"b\\195\\188cher" "" "tab\\009end"',
]

interface CustomerZone {
  /** Where its mail server is. */
  readonly address: string
  readonly name?: string
  /** Of MX and TXT, in seconds. */
  readonly ttl?: number
  readonly mx?: readonly string[]
  readonly txt?: readonly string[]
  readonly sets?: readonly BindRecordSet[]
  readonly signed?: boolean
  readonly fixed?: boolean
}

/** The zone of a customer: what is the vendor's, and much that is not. */
export function customerZone(given: CustomerZone): BindZone {
  const { address, name = customer.domain, ttl = 600, signed = false, fixed = false, sets = [] } = given
  const { mx = [customer.vendorMx], txt = [...ownTxt, `"${customer.vendorTxt}"`] } = given
  const txtSet = { name: `_amazonses.${name}`, type: 'TXT', ttl, values: txt }
  return {
    name,
    signed,
    fixed,
    sets: [
      { name, type: 'MX', ttl, values: mx },
      ...(txt.length === 0 ? [] : [txtSet]),
      { name, type: 'TXT', ttl: 7200, values: ['"v=spf1 mx -all"'] },
      { name: `mail.${name}`, type: 'A', ttl: 300, values: [address] },
      { name: `www.${name}`, type: 'A', ttl: 1800, values: ['192.0.2.80'] },
      { name: `sub.${name}`, type: 'MX', ttl: 900, values: ['10 mail.elsewhere.example'] },
      ...sets,
    ],
  }
}
