import { type DoctorCheck, ok } from '../check.ts'

/** Which PowerShell, and which version of Microsoft's module, Exchange Online would be reached by. */
export const powershellCheck: DoctorCheck = {
  id: 'powershell',
  title: 'PowerShell',
  required: true,
  needs: [],
  async look({ context, environment }) {
    const { examinePowerShell } = await import('../../../../adapters/exchange-online/powershell/engine.ts')
    const { engine, module } = await examinePowerShell({
      program: environment.OFFBOARD_PWSH ?? 'pwsh',
      environment: context.env,
      signal: context.leaving,
    })
    return ok(`PowerShell ${engine} and ExchangeOnlineManagement ${module}, which fit together`)
  },
}
