import { describe, expect, it } from 'vitest'
import { readCmdlets, writeCmdlets } from '../../../adapters/exchange-online/cmdlets.ts'
import { remedyFor } from './roles.ts'

function refused(cmdlet: string, ...roles: readonly string[]) {
  return { cmdlet, allowed: 'no' as const, roles }
}

describe('what to do about a cmdlet that may not be run', () => {
  it('names the least of the roles that the tenant names', () => {
    const remedy = remedyFor([refused('Remove-TransportRule', 'Everything', 'Transport Rules')])
    expect(remedy).toContain('Grant the role "Transport Rules", with ')
    expect(remedy).not.toContain('Everything')
  })

  it('names what the tenant says, where the documented role would not do', () => {
    const remedy = remedyFor([refused('Remove-InboundConnector', 'New Role', 'Other Role')])
    expect(remedy).toContain('Grant the role "New Role" or "Other Role", by a role group of the caller')
  })

  it('names the documented role where the tenant says nothing, and says so', () => {
    expect(remedyFor([refused('Remove-InboundConnector')])).toContain(
      '"Remote and Accepted Domains" (as documented; the tenant did not say)',
    )
  })

  it('names the other role of the message trace, and how the script grants it', () => {
    const remedy = remedyFor([refused('Get-MessageTraceV2', 'Message Tracking')])
    expect(remedy).toContain('"Message Tracking"')
    expect(remedy).toContain('Grant-OffboardAccess.ps1 -TraceRole "Message Tracking"')
  })

  it('names each role once', () => {
    const remedy = remedyFor([
      refused('Remove-TransportRule', 'Transport Rules'),
      refused('Disable-TransportRule', 'Transport Rules'),
      refused('Remove-InboundConnector', 'Remote and Accepted Domains'),
    ])
    expect(remedy).toContain('Grant the role "Transport Rules" and the role "Remote and Accepted Domains", ')
    expect(remedy.match(/Grant-OffboardAccess/g)).toHaveLength(1)
  })

  it.each([...readCmdlets, ...writeCmdlets])('knows a role for %s', (cmdlet) => {
    expect(remedyFor([refused(cmdlet)])).toMatch(/^Grant the role "/)
  })
})
