/** What the first line is answered with. It is put together there, so that its echo is no answer. */
const versionForm = /@@offboard-engine (\d+\.\d+[^\s@]*)@@/

/**
 * The first line: asks for the version, in words that Windows PowerShell understands too, and lets the child end when
 * the process that it works for has ended, even in the middle of a command. That is done on a thread of the pool:
 * one of PowerShell's own would keep the child from ending by itself.
 */
export function firstLine(parentId: number): string {
  return [
    "[Console]::Out.WriteLine('@@offboard-' + 'engine ' + $PSVersionTable.PSVersion + '@@')",
    'try { $tree = [Linq.Expressions.Expression]',
    '$kill = $tree::Call($tree::Constant([Diagnostics.Process]::GetCurrentProcess()), "Kill", $null)',
    '$act = $tree::Lambda([Action[Threading.Tasks.Task]], $kill, $tree::Parameter([Threading.Tasks.Task])).Compile()',
    `$parent = [Diagnostics.Process]::GetProcessById(${parentId})`,
    '[void]$parent.WaitForExitAsync().ContinueWith($act) } catch { }',
  ].join('; ')
}

/** The version in the answer to the first line, '7.6.1'. */
export function engineVersion(output: string): string | undefined {
  return versionForm.exec(output)?.[1]
}
