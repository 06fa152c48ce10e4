import { sandboxControl } from '../../../sandbox/index.ts'
import { type DoctorCheck, ok } from '../check.ts'

export const sandboxCheck: DoctorCheck = {
  id: 'sandbox',
  title: 'Sandbox',
  required: true,
  needs: ['state-folder'],
  async look(examination) {
    const endpoints = await examination.sandbox()
    if (endpoints === undefined) return ok('not used')
    const control = await sandboxControl(endpoints.controlUrl)
    const { scenario, regions } = await control.show()
    return ok(`${examination.asked} at ${endpoints.exchangeUrl}, scenario ${scenario}, ${regions.join(', ')}`)
  },
}
