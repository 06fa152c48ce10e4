/** Where reports on a domain's mail are sent. */
export interface ReportAddress {
  /** The tag that names it: `rua` for aggregate reports, `ruf` for those on single messages. */
  readonly tag: 'rua' | 'ruf'
  /** As it stands there, without a limit of size: `mailto:reports@example.com`, `https://example.com/in`. */
  readonly uri: string
  /** The domain of the mail address, or the host: lower case. */
  readonly host: string
}

const tags: readonly ReportAddress['tag'][] = ['rua', 'ruf']

/**
 * The addresses that a DMARC record (RFC 7489, section 6.3) or a TLS-RPT record (RFC 8460, section 3) names. What is no
 * address is passed over.
 */
export function reportAddresses(text: string): readonly ReportAddress[] {
  const fields = text.split(';').map((field) => field.split('=').map((part) => part.trim()))
  return tags.flatMap((tag) =>
    fields
      .filter(([name]) => name?.toLowerCase() === tag)
      .flatMap(([, ...value]) => value.join('=').split(','))
      .flatMap((uri) => toAddress(tag, uri.trim())),
  )
}

function toAddress(tag: ReportAddress['tag'], given: string): readonly ReportAddress[] {
  const uri = given.replace(/!\d+[kmgt]?$/i, '')
  const { mail, host = mail } =
    /^(?:mailto:[^@]*@(?<mail>[^?]+)|https:\/\/(?<host>[^/:?#]+).*)$/i.exec(uri)?.groups ?? {}
  return host === undefined ? [] : [{ tag, uri, host: host.toLowerCase() }]
}
