import { strings, text } from '../../footprint/properties.ts'
import type { Attachment, DecidedContext, GuidedStep } from '../../model/platform.ts'
import { objectsOf } from '../objects.ts'
import { connectionsThere } from './routes.ts'

const to = 'support@perception-point.io'
const subject = 'Deletion of verified domains'

const microsoftOwn = /\.onmicrosoft\.(?:com|us|cn)$/i

/** Domains that mail is accepted for, and those that the directory has proven besides. */
function customDomains({ survey }: Pick<DecidedContext, 'survey'>): readonly string[] {
  const accepted = survey.tenant.domains.filter(({ initial }) => !initial).map(({ name }) => name)
  const verified = objectsOf('verified-domain', { survey }).map(({ name }) => name)
  const known = new Map([...accepted, ...verified].map((name) => [name.toLowerCase(), name]))
  return [...known.values()].filter((name) => !microsoftOwn.test(name))
}

/** Values in DNS by which the vendor may know the domains; others may have put some of them there. */
function txtLines(context: Pick<DecidedContext, 'survey'>): readonly string[] {
  const found = objectsOf('ses-txt', context).flatMap((domain) =>
    strings(domain, 'values').map((value) => `  - ${text(domain, 'name')}  TXT  ${value}`),
  )
  if (found.length === 0) return []
  return ['', 'These TXT records are still in our DNS; please say which of them are yours:', ...found]
}

function letter(context: DecidedContext): string {
  const { tenant } = context.survey
  return [
    'Hello,',
    '',
    'we have taken our Microsoft 365 tenant off your service, following your off-boarding procedure:',
    'the mail-flow rules and the connectors are deleted.',
    '',
    `Organization: ${tenant.name} (tenant id ${tenant.id})`,
    '',
    'Please delete these verified domains from your system:',
    ...customDomains(context).map((domain) => `  - ${domain}`),
    ...txtLines(context),
    '',
    'Please confirm when this is done, and retire any API token of this organization.',
    '',
    'Thank you',
  ].join('\n')
}

/** RFC 5322, as a draft that mail programs open for editing. */
function draft(context: DecidedContext): string {
  const header = [
    `To: ${to}`,
    `Subject: ${subject}`,
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ]
  return [...header, '', ...letter(context).split('\n'), ''].join('\r\n')
}

function attachments(context: DecidedContext): readonly Attachment[] {
  return [
    { name: 'verified-domains.txt', content: `To: ${to}\nSubject: ${subject}\n\n${letter(context)}\n` },
    { name: 'verified-domains.eml', content: draft(context) },
  ]
}

/** Only the vendor's support deletes verified domains, and only once nothing routes to it any more. */
export const verifiedDomains: GuidedStep = {
  id: 'verified-domains',
  title: 'Have the vendor delete the verified domains',
  kind: 'guided',
  optional: true,
  after: ['rules', 'connectors'],
  link: `mailto:${to}`,
  instructions: (context) => [
    `Send the letter to ${to}; it names ${customDomains(context).join(', ') || 'no domain besides the initial one'}.`,
    'Domains that are still pending can be deleted in the console: Settings > Protected Email Assets.',
  ],
  attachments,
  lock: (context) => ({ reasons: connectionsThere(context) }),
}
