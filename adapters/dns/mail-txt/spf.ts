/** One term of an SPF record. RFC 7208, sections 4.6 and 12. */
export interface SpfTerm {
  /** As it stands there: `include:spf.example.com`, `ip4:192.0.2.0/24`, `redirect=example.net`. */
  readonly text: string
  /** In lower case, without a qualifier. */
  readonly name: string
  /** What follows the colon or the equals sign: a domain, perhaps with macros, or an address. Empty: nothing does. */
  readonly value: string
  /** The length of an IPv4 prefix (of IPv6 for `ip6`), as `/24`; empty: there is none. */
  readonly prefix: string
}

const modifier = /^(?<name>[a-z][a-z0-9._-]*)=(?<value>.*)$/i
const mechanism =
  /^[+?~-]?(?<name>[a-z][a-z0-9._-]*)(?::(?<value>.*?))?(?<prefix>\/\d{1,3})?(?:\/\/\d{1,3})?$/i

/** The terms of an SPF record, in their order. What is no term is passed over; undefined: the text is no SPF record. */
export function parseSpf(text: string): readonly SpfTerm[] | undefined {
  const [version, ...terms] = text.split(/ +/)
  if (version?.toLowerCase() !== 'v=spf1') return undefined
  return terms.flatMap((term) => {
    const { name, value = '', prefix = '' } = (modifier.exec(term) ?? mechanism.exec(term))?.groups ?? {}
    return name === undefined ? [] : [{ text: term, name: name.toLowerCase(), value, prefix }]
  })
}
