import manifest from '../../../../package.json' with { type: 'json' }
import { type Answer, type DoctorCheck, missing, ok } from '../check.ts'

/** `wanted` is the form of the package's own demand: '>=24'. */
export function checkNode(version: string, wanted: string): Answer {
  const least = Number(/\d+/.exec(wanted)?.[0])
  const major = Number(version.split('.')[0])
  if (major >= least) return ok(version)
  return missing(`${version} is too old`, `Use Node ${least} or later.`)
}

export const nodeCheck: DoctorCheck = {
  id: 'node',
  title: 'Node',
  required: true,
  needs: [],
  look: async () => checkNode(process.versions.node, manifest.engines.node),
}
