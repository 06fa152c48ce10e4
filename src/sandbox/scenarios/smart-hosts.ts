import type { RegionId } from '../../model/words.ts'

/** Where the vendor's scanner takes mail, by region: made up, as it is not published. */
export const smartHosts: Readonly<Record<RegionId, string>> = {
  us: 'inbound-smtp.us-east-1.amazonaws.com',
  eu: 'inbound-smtp.eu-west-1.amazonaws.com',
  au: 'inbound-smtp.ap-southeast-2.amazonaws.com',
}
