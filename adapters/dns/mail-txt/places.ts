/** Where a domain says in TXT how its mail is to be treated. */
export type MailTxtPlace = 'spf' | 'dmarc' | 'mta-sts' | 'tls-rpt' | 'dkim'

export interface MailTxtName {
  readonly place: MailTxtPlace
  /** What stands before the domain: `_dmarc.`; nothing for the domain itself. */
  readonly prefix: string
  /** How a text of that place begins; others at the name are none of it. */
  readonly begins: RegExp
}

/** RFC 7208 (SPF), RFC 7489 (DMARC), RFC 8461 (MTA-STS), RFC 8460 (TLS reports). */
const places: readonly MailTxtName[] = [
  { place: 'spf', prefix: '', begins: /^v=spf1(?: |$)/i },
  { place: 'dmarc', prefix: '_dmarc.', begins: /^v\s*=\s*DMARC1\b/i },
  { place: 'mta-sts', prefix: '_mta-sts.', begins: /^v=STSv1\s*(?:;|$)/ },
  { place: 'tls-rpt', prefix: '_smtp._tls.', begins: /^v=TLSRPTv1\s*(?:;|$)/ },
]

/** All places, and one for each selector of DKIM: which there are, DNS does not tell (RFC 6376). */
export function placesWith(selectors: readonly string[]): readonly MailTxtName[] {
  const dkim = selectors.map((selector) => ({
    place: 'dkim' as const,
    prefix: `${selector.toLowerCase()}._domainkey.`,
    begins: /^/,
  }))
  return [...places, ...dkim]
}
