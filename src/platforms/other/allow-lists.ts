import type { GuidedStep } from '../../model/platform.ts'
import { toCopy } from '../../model/to-copy.ts'
import { routesThere } from './routes.ts'

function quoted(addresses: readonly string[]): string {
  return addresses.map((address) => `'${address}'`).join(', ')
}

/**
 * https://learn.microsoft.com/powershell/module/exchange/remove-ipallowlistentry and
 * https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector
 */
function exchangeServer(addresses: readonly string[]): readonly string[] {
  return [
    'Exchange Server, in its Management Shell (the first on each Edge or anti-spam server). Look first, then remove:',
    toCopy(`$vendor = ${quoted(addresses)}`),
    toCopy('Get-IPAllowListEntry | Where-Object { $vendor -contains "$($_.IPRange)" }'),
    toCopy(
      'Get-IPAllowListEntry | Where-Object { $vendor -contains "$($_.IPRange)" } | Remove-IPAllowListEntry',
    ),
    toCopy(
      'Get-ReceiveConnector | Where-Object { $_.RemoteIPRanges | Where-Object { $vendor -contains "$_" } } | Format-List Identity,RemoteIPRanges',
    ),
    'Delete a connector that was made for the vendor alone. From others take the addresses: an empty list is not accepted, so the rest must stay:',
    toCopy(
      'Get-ReceiveConnector | ForEach-Object { $all = @($_.RemoteIPRanges); $rest = @($all | Where-Object { $vendor -notcontains "$_" }); if ($rest.Count -gt 0 -and $rest.Count -lt $all.Count) { Set-ReceiveConnector -Identity $_.Identity -RemoteIPRanges $rest } }',
    ),
  ]
}

function pattern(addresses: readonly string[]): string {
  return addresses.map((address) => address.replaceAll('.', '\\.')).join('|')
}

/** https://www.postfix.org/postconf.5.html#mynetworks and https://www.postfix.org/access.5.html */
function postfix(addresses: readonly string[]): readonly string[] {
  return [
    'Postfix: find where they are, take the lines or entries out, and load it anew:',
    toCopy(`grep -rnE '(^|[^0-9.])(${pattern(addresses)})([^0-9.]|$)' /etc/postfix`),
    toCopy(
      'postconf mynetworks smtpd_client_restrictions smtpd_recipient_restrictions postscreen_access_list',
    ),
    'For each table that was changed (hash, lmdb), then for all:',
    toCopy('postmap /etc/postfix/FILE'),
    toCopy('postfix check && postfix reload'),
  ]
}

/** https://www.exim.org/exim-html-current/doc/html/spec_html/ch-domain_host_address_and_local_part_lists.html */
function exim(addresses: readonly string[]): readonly string[] {
  return [
    'Exim: find where they are (host lists, relay_from_hosts, ACLs), take them out, and load it anew:',
    toCopy(`grep -rnE '(^|[^0-9.])(${pattern(addresses)})([^0-9.]|$)' /etc/exim4 /etc/exim /etc/exim.conf`),
    'On Debian (elsewhere exim instead of exim4), and then restart its service:',
    toCopy('update-exim4.conf && exim4 -bV'),
  ]
}

/** The vendor may deliver what it has accepted until the old MX is forgotten: only then its addresses go. */
export const allowLists: GuidedStep = {
  id: 'allow-lists',
  title: 'Take the vendor’s addresses out of every allow list',
  kind: 'guided',
  optional: false,
  after: ['ttl'],
  link: 'https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm',
  instructions: ({ footprint: { addresses } }) => [
    'Where your mail servers, firewalls or filters let the vendor past, take its addresses out. Leave others as they are.',
    'The addresses, one a line for any other list:',
    ...addresses.map(toCopy),
    ...exchangeServer(addresses),
    ...postfix(addresses),
    ...exim(addresses),
    'Firewalls and filters: look for the same addresses in rules for port 25, in safe senders and in exceptions from limits.',
    'A range that contains one of them and other addresses was written by somebody for a reason: look before you change it.',
  ],
  lock: (context) => ({ reasons: routesThere(context) }),
}
