import { type DoctorCheck, ok } from '../check.ts'

export const identityCheck: DoctorCheck = {
  id: 'tenant',
  title: 'Tenant',
  required: true,
  needs: ['credential'],
  async look(examination) {
    const { id, name, domains } = await examination.identity()
    return ok(
      `${name} (${id}), ${domains.length} domains; asked for, token and initial domain are the same tenant`,
    )
  },
}
