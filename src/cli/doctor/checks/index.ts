import { isUsed } from '../../connection/needed.ts'
import { transportOf } from '../../exchange-transport.ts'
import type { DoctorCheck } from '../check.ts'
import { cmdletGroups } from '../cmdlet-groups.ts'
import type { Examination } from '../examination.ts'
import { credentialCheck } from './credential.ts'
import { dnsChecks } from './dns.ts'
import { endpointsCheck } from './endpoints.ts'
import { googleChecks } from './google.ts'
import { graphChecks } from './graph.ts'
import { identityCheck } from './identity.ts'
import { journalCheck } from './journal.ts'
import { nodeCheck } from './node.ts'
import { cmdletsCheck, permissionCheck } from './permissions.ts'
import { powershellCheck } from './powershell.ts'
import { resolversCheck } from './resolvers.ts'
import { sandboxCheck } from './sandbox.ts'
import { stateFolderCheck } from './state-folder.ts'
import { xrayCheck } from './xray.ts'

function exchangeChecks({ options, platform }: Examination): readonly DoctorCheck[] {
  return [
    ...(transportOf(options) === 'powershell' ? [powershellCheck] : []),
    credentialCheck,
    identityCheck,
    cmdletsCheck,
    ...cmdletGroups(platform).map(permissionCheck),
  ]
}

/** All checks, in the order in which they are told. A check stands after those that it needs. */
export function checksFor(examination: Examination): readonly DoctorCheck[] {
  const { options, platform, environment } = examination
  return [
    nodeCheck,
    stateFolderCheck,
    journalCheck,
    ...(options.sandbox ? [sandboxCheck] : []),
    endpointsCheck,
    ...(isUsed('dns', platform) ? [resolversCheck] : []),
    ...dnsChecks(examination),
    ...(isUsed('exchange-online', platform) ? exchangeChecks(examination) : []),
    ...(isUsed('google-workspace', platform) ? googleChecks(examination) : []),
    ...(isUsed('graph', platform) ? graphChecks(examination) : []),
    ...(environment.OFFBOARD_XRAY_TOKEN === undefined ? [] : [xrayCheck]),
  ]
}
