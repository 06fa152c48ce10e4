import { isIP } from 'node:net'
import * as z from 'zod'
import { hostName } from '../config/host-name.ts'
import { hasHidden, quoted } from '../config/visible.ts'

/** Services whose MX are known, so that their name stands for them. */
export const mailServices = ['microsoft365', 'google'] as const

const mxHint = `Write --previous-mx "10 mail.example.com", or ${mailServices.join(' or ')}.`
const hostHint = 'Give a name, as mail.example.com.'

const mxForm = /^(?<preference>[+-]?[\d.]+)\s+(?<host>\S+)$/

/** Names of zone files may end with the dot of the root. */
function withoutRoot(name: string): string {
  return name.trim().replace(/(?<=[^.])\.$/, '')
}

function wrong(message: string, hint: string) {
  return { code: 'custom', message, params: { hint } } as const
}

/** Why a text names no host; undefined when it does. */
function hostFault(text: string): string | undefined {
  const name = withoutRoot(text)
  if (isIP(name.replace(/^\[(?:ipv6:)?(.*)\]$/i, '$1')) !== 0)
    return `${quoted(name)} is an address, and an MX names a host`
  return hostName(name) === undefined ? `${quoted(name)} is not a host name` : undefined
}

function asName(text: string): string {
  return hostName(withoutRoot(text)) ?? ''
}

const domain = z.string().superRefine((text, context) => {
  if (hostName(withoutRoot(text)) === undefined)
    context.addIssue(wrong(`${quoted(text.trim())} is not a domain`, 'Give a name, as contoso.com.'))
})

const host = z.string().superRefine((text, context) => {
  const fault = hostFault(text)
  if (fault !== undefined) context.addIssue(wrong(fault, hostHint))
})

/** Why a text is no MX to go back to; undefined when it is one. */
function previousFault(text: string): string | undefined {
  const { preference, host: named } = mxForm.exec(text)?.groups ?? {}
  if (preference === undefined || named === undefined)
    return `${quoted(text)} is neither a preference and a host nor ${mailServices.join(' or ')}`
  if (!/^\d+$/.test(preference) || Number(preference) > 65_535)
    return `the preference ${quoted(preference)} is not a whole number from 0 to 65535`
  return named === '.'
    ? `${quoted(text)} is the null MX, which says that the domain takes no mail`
    : hostFault(named)
}

function asPrevious(text: string): string {
  const { preference, host: named = '' } = mxForm.exec(text)?.groups ?? {}
  return preference === undefined ? text : `${Number(preference)} ${asName(named)}`
}

function isService(text: string): boolean {
  return mailServices.some((service) => service === text)
}

const previous = z
  .string()
  .trim()
  .transform((text) => (isService(text.toLowerCase()) ? text.toLowerCase() : text))
  .superRefine((text, context) => {
    const fault = isService(text) ? undefined : previousFault(text)
    if (fault !== undefined) context.addIssue(wrong(fault, mxHint))
  })

const vendorText = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const hint = 'Give the value of the vendor, without quotes.'
    if (text === '') context.addIssue(wrong('it is empty', hint))
    else if (hasHidden(text)) context.addIssue(wrong(`${quoted(text)} holds a control character`, hint))
  })

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

function several<Item extends z.ZodType<string>>(
  item: Item,
  spell: (text: string) => string = (text) => text,
) {
  return z.array(item).transform((texts) => distinct(texts.map(spell)))
}

/**
 * The forms of the options that say where mail went and goes. Names become lower-case ASCII without the dot of the
 * root, and what is given twice counts once.
 */
export const mxForms = {
  /** A list each, with commas between. */
  domain: z
    .array(z.string())
    .transform((lists) => lists.flatMap((list) => list.split(',')))
    .pipe(several(domain, asName))
    .default([]),
  /** '10 mail.example.com', or a name of `mailServices`. */
  previousMx: several(previous, asPrevious).default([]),
  vendorMx: several(host, asName).default([]),
  vendorTxt: several(vendorText).default([]),
  zone: domain.transform(asName).optional(),
}
