import { recordSets } from './record-set.ts'

/**
 * What proves a domain to Amazon SES: one value for each account that sends or receives for it, all of one name.
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export const txtSet = recordSets({
  kind: 'txt-set',
  type: 'TXT',
  nameOf: (domain) => `_amazonses.${domain}`,
})
