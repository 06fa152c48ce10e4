export { acts } from './acts.ts'
export {
  createSandboxControl,
  type SandboxControl,
  type SandboxTime,
  type SandboxView,
} from './control/client.ts'
export type { SandboxEndpoints } from './endpoints.ts'
export { type FaultKind, type FaultRequest, faultKinds } from './faults.ts'
export { scenarios } from './scenarios/index.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './start.ts'
