import { directoryProperties, properties, propertyTable } from './table.ts'

/** https://learn.microsoft.com/powershell/module/exchange/set-hostedconnectionfilterpolicy */
export const connectionFilterTable = propertyTable(
  directoryProperties,
  properties('derived', 'any', 'DirectoryBasedEdgeBlockMode IsDefault'),
  properties('setting', 'text', 'AdminDisplayName Name'),
  properties('setting', 'set', 'IPAllowList IPBlockList'),
  properties('setting', 'flag', 'EnableSafeList'),
)
