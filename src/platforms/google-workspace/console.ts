/**
 * Pages of Google's Admin console. The part of an address that counts signed-in accounts is left out: it is another
 * one for everybody. https://docs.perception-point.io/fortinet/Content/PP/Gmail-Off-boarding.htm
 */
export const consolePages = {
  delegation: 'https://admin.google.com/ac/owl/domainwidedelegation',
  compliance: 'https://admin.google.com/ac/apps/gmail/compliance',
  hosts: 'https://admin.google.com/ac/apps/gmail/hosts',
  spam: 'https://admin.google.com/ac/apps/gmail/spam',
} as const
