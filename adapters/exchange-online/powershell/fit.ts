import { UsageError } from '../../../src/model/errors.ts'

/** A module file that PowerShell found. */
export interface ModuleFile {
  readonly version: string
  readonly guid: string
  /** Of its manifest. */
  readonly path: string
}

/** Microsoft's module. Look-alikes differ in the name or in the GUID. */
export const exchangeModule = {
  name: 'ExchangeOnlineManagement',
  guid: 'b5eced50-afa4-455b-847a-d8fb64140a22',
}

/** Which engine the versions of the module from `module` on need, and which version to install for it. */
interface Demand {
  readonly module: string
  readonly engine: string
  readonly install: string
}

/** https://learn.microsoft.com/powershell/exchange/exchange-online-powershell-v2 */
const newest: Demand = { module: '3.10.0', engine: '7.6', install: '3.10.1' }
/** Older modules take no tenant id for an organization. */
const oldest: Demand = { module: '3.7.2', engine: '7.4', install: '3.9.2' }
const demands: readonly Demand[] = [newest, oldest]

const installations: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'brew install --cask powershell',
  linux: 'https://learn.microsoft.com/powershell/scripting/install/installing-powershell-on-linux',
  win32: 'winget install --id Microsoft.PowerShell',
}

const orRest = 'Or use --exchange rest, which needs nothing installed.'

export function installEngine(platform: NodeJS.Platform): string {
  const how = installations[platform] ?? 'https://learn.microsoft.com/powershell/scripting/install'
  return `Install PowerShell ${newest.engine} (${how}), or name its program in OFFBOARD_PWSH. ${orRest}`
}

function installModule(version: string): string {
  return `Run: pwsh -Command "Install-Module ${exchangeModule.name} -RequiredVersion ${version} -Scope CurrentUser". ${orRest}`
}

/** Below 0 when `a` is the older one. Letters behind the numbers do not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number))
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Throws a UsageError for Windows PowerShell and for a PowerShell that is too old. */
export function assertEngine(version: string, program: string, platform: NodeJS.Platform): void {
  if (compareVersions(version, oldest.engine) >= 0) return
  const name = compareVersions(version, '6') < 0 ? 'Windows PowerShell' : 'PowerShell'
  throw new UsageError({
    tried: `use ${program} for Exchange Online`,
    said: `it is ${name} ${version}, and ${oldest.engine} or newer is needed`,
    hint: installEngine(platform),
  })
}

function demandOf({ version }: ModuleFile): Demand | undefined {
  return demands.find(({ module }) => compareVersions(version, module) >= 0)
}

function refusal(engine: string, found: readonly ModuleFile[], genuine: readonly ModuleFile[]): UsageError {
  const fitting = demands.find((demand) => compareVersions(engine, demand.engine) >= 0) ?? newest
  const versionsOf = (files: readonly ModuleFile[]) => files.map(({ version }) => version).join(', ')
  const tooNew = genuine.filter((file) => demandOf(file) !== undefined)
  const tried = `find the module ${exchangeModule.name}`
  if (tooNew.length > 0)
    return new UsageError({
      tried,
      said: `version ${versionsOf(tooNew)} needs PowerShell ${newest.engine}, and this is ${engine}`,
      hint: `Use a newer PowerShell, or a module that fits. ${installModule(fitting.install)}`,
    })
  const lookalikes =
    found.length > genuine.length ? '; a module of that name is there and is not the one of Microsoft' : ''
  return new UsageError({
    tried,
    said:
      genuine.length === 0
        ? `it is not installed${lookalikes}`
        : `version ${versionsOf(genuine)} is too old; ${oldest.module} or newer is needed`,
    hint: installModule(fitting.install),
  })
}

/** The newest module that fits the engine. Throws a UsageError that says what to install. */
export function chooseModule(engine: string, found: readonly ModuleFile[]): ModuleFile {
  const genuine = found.filter(({ guid }) => guid.toLowerCase() === exchangeModule.guid)
  const [best] = genuine
    .filter((file) => {
      const demand = demandOf(file)
      return demand !== undefined && compareVersions(engine, demand.engine) >= 0
    })
    .sort((a, b) => compareVersions(b.version, a.version))
  if (best !== undefined) return best
  throw refusal(engine, found, genuine)
}
