import { chooseAuthMethod } from '../../../auth/choose.ts'
import { type DoctorCheck, ok } from '../check.ts'
import { type Examination, inUse } from '../examination.ts'

function methodOf({ options, environment }: Examination): string {
  if (options.sandbox) return 'none needed in the sandbox'
  const { id, title } = chooseAuthMethod(options.auth, environment)
  return `${id} (${title})`
}

export const credentialCheck: DoctorCheck = {
  id: 'credential',
  title: 'Credential',
  required: true,
  needs: ['sandbox'],
  async look(examination) {
    const method = methodOf(examination)
    const { tokens } = inUse((await examination.connection()).exchange, 'Exchange Online')
    const { exchange: attempt } = await examination.attempts()
    const { expiresAt } = await attempt('read', () => tokens.token())
    return ok(`${method}; the token is valid until ${expiresAt.toISOString()}`)
  },
}
