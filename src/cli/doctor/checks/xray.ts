import type { SystemReader } from '../../../model/adapter.ts'
import type { TenantObject } from '../../../model/resource.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from '../check.ts'

const goesOn = 'A run goes on without it: what the console says is then taken on the word of a person.'

async function organizationOf(xray: SystemReader | undefined): Promise<TenantObject | undefined> {
  const [organization] = (await xray?.sources.get('vendor-organization')?.list()) ?? []
  return organization
}

function judge({ name, properties }: TenantObject, asked: readonly string[] | undefined): Answer {
  const { region } = properties
  const who = `the organization "${name}"`
  if (typeof region !== 'string') return unknown(`${who}; its environment is none that is known`, goesOn)
  if (asked === undefined || asked.includes(region)) return ok(`${who}, ${region.toUpperCase()}`)
  return missing(
    `${who} is in ${region.toUpperCase()}, and --region says ${asked.join(', ').toUpperCase()}`,
    `Give --region ${region}.`,
  )
}

/** Whether the vendor's API answers, and in which of its environments the organization is. */
export const xrayCheck: DoctorCheck = {
  id: 'xray',
  title: "Vendor's API",
  required: false,
  needs: ['sandbox'],
  async look(examination) {
    const { xray } = await examination.connection()
    const { region } = examination.options
    const organization = await organizationOf(await xray?.open())
    return organization === undefined
      ? unknown('it names no organization', goesOn)
      : judge(organization, region)
  },
}
