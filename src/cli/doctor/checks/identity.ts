import { PermissionError } from '../../../model/errors.ts'
import { type DoctorCheck, missing, ok } from '../check.ts'

export const identityCheck: DoctorCheck = {
  id: 'tenant',
  title: 'Tenant',
  required: true,
  needs: ['powershell', 'credential'],
  async look(examination) {
    try {
      const { id, name, domains } = await examination.identity()
      return ok(
        `${name} (${id}), ${domains.length} domains; asked for, token and initial domain are the same tenant`,
      )
    } catch (error) {
      if (error instanceof PermissionError)
        return missing(
          error.message,
          'Grant the role that is named below. An application needs Exchange.ManageAsApp too: see docs/permissions.md.',
        )
      throw error
    }
  },
}
