/** Domains that get their mail by MX, and where it goes. All values are made up. */
export const otherNames = {
  domain: 'contoso.com',
  /** With it, in the scenarios of several. */
  moreDomains: ['fabrikam.com', 'adatum.com'],
  /** By its host known as the vendor's, as each domain has its own. */
  vendorMx: 'contoso-com.mx.perception-point.io',
  /** The vendor's too, as the operator alone knows. */
  namedVendorMx: 'mx.vendor.example',
  /** Where Amazon SES takes mail in, for whomever. */
  lookalikeMx: 'inbound-smtp.eu-west-1.amazonaws.com',
  /** The customer's own, which took the mail before. Its address is loopback. */
  previousMx: 'mail.contoso.com',
  /** A second one of the customer's. */
  backupMx: 'backup.contoso.com',
  /** By which the vendor proved the domain to Amazon SES. */
  vendorTxt: 'pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU=',
  /** By which the customer did the same for something of its own. */
  customerTxt: 'Zs0Jk3vY1tQ8wXhL5nRb7aDf2gMc9eUiPo4KyBxVrTE=',
  /** A domain with a letter beyond ASCII, as DNS knows it. */
  internationalDomain: 'xn--bcher-kva.example',
  /** An alias, of which an MX would be looked up elsewhere. */
  aliasDomain: 'branch.contoso.com',
} as const
