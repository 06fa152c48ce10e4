# What goes wrong, and when. `faults.json` is a list of { kind, command?, at?, when? }: a fault befalls the next call
# of its command, or the call with its number, once, before or after the call does what it is for.
$text = 'Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn''t be performed because object ''X'' couldn''t be found on ''S''.'
$notFound = [System.Management.Automation.ErrorRecord]::new([System.Exception]::new($text), 'StubError', 'NotSpecified', $null)

$faults = @{
  'warning' = { param($caller) $caller.WriteWarning('Something is not as it should be.') }
  'stderr' = { [System.Console]::Error.WriteLine('noise on stderr') }
  'stdout' = { [System.Console]::Out.WriteLine('noise on stdout @@x:eA==@@') }
  'terminating' = {
    param($caller)
    $caller.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new('Something broke.'), 'StubTerminating', 'InvalidOperation', $null))
  }
  # Error records of the real module, as the caller's preference has it, and in spite of it.
  'non-terminating' = { param($caller) $caller.WriteError($notFound) }
  'continuing' = { & { [CmdletBinding()] param() $PSCmdlet.WriteError($notFound) } -ErrorAction Continue }
  'prompt' = {
    param($caller)
    [void]$caller.Host.UI.PromptForChoice('Untrusted', 'Go on?', [System.Management.Automation.Host.ChoiceDescription[]]@('&Yes', '&No'), 1)
  }
  'hang' = { [System.Threading.Thread]::Sleep(-1) }
  'break' = { break }
  'exit' = { exit 0 }
  'exit-0' = { [System.Environment]::Exit(0) }
  'exit-3' = { [System.Environment]::Exit(3) }
  'kill' = { [System.Diagnostics.Process]::GetCurrentProcess().Kill(); [System.Threading.Thread]::Sleep(-1) }
  'show' = {
    param($caller)
    $caller.WriteWarning('history ' + (@(Get-History -Count 1000) -join "`n"))
    $caller.WriteWarning('environment ' + (@([System.Environment]::GetEnvironmentVariables().GetEnumerator().ForEach({ "$($_.Key)=$($_.Value)" })) -join "`n"))
  }
  'leak' = {
    param($caller)
    $token = if ($null -eq $caller.MyInvocation.BoundParameters['AccessToken']) { $connection['token'] } else { $caller.MyInvocation.BoundParameters['AccessToken'] }
    throw "|System.Exception|you sent $token"
  }
  'leak-and-exit' = { [System.Console]::Error.WriteLine("you sent $($connection['token'])"); [System.Threading.Thread]::Sleep(200); [System.Environment]::Exit(4) }
  'other-tenant' = { }
}

function Get-StubPath([string]$Name) {
  $folder = [System.Environment]::GetEnvironmentVariable('EXO_STUB_FOLDER')
  if (-not $folder) { return $null }
  return [System.IO.Path]::Combine($folder, $Name)
}

function Get-Faults {
  $path = Get-StubPath 'faults.json'
  if (-not $path -or -not [System.IO.File]::Exists($path)) { return , @() }
  return , (Read-Json -Text ([System.IO.File]::ReadAllText($path)))
}

function Test-Fault([string]$Kind) {
  foreach ($fault in (Get-Faults)) { if ($fault['kind'] -eq $Kind) { return $true } }
  return $false
}

# The first fault that is due, marked as taken.
function Get-DueFault([string]$Command, [string]$When, [int]$At) {
  $index = -1
  foreach ($fault in (Get-Faults)) {
    $index += 1
    $taken = Get-StubPath "taken-$index"
    $moment = if ($fault.Contains('when')) { $fault['when'] } else { 'before' }
    if ($moment -ne $When -or [System.IO.File]::Exists($taken)) { continue }
    if ($fault.Contains('command') -and $fault['command'] -ne $Command) { continue }
    if ($fault.Contains('at') -and $fault['at'] -ne $At) { continue }
    [System.IO.File]::WriteAllText($taken, '')
    return $fault['kind']
  }
}

# Notes the call, before it is made, and lets the fault that is due befall it.
function Step-Fault([string]$Command, $Caller, [string]$When) {
  $calls = Get-StubPath 'calls.txt'
  if (-not $calls) { return }
  if ($When -eq 'before') { [System.IO.File]::AppendAllText($calls, "$PID $Command`n") }
  $kind = Get-DueFault $Command $When ([System.IO.File]::ReadAllLines($calls).Count)
  if ($kind) { & $faults[$kind] $Caller }
}
