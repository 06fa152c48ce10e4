# Cmdlets and their parameters: the sandbox's own lists.
$data = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', '..', '..', 'src', 'sandbox', 'exchange', 'data')

function Read-Data([string]$Name) {
  return Read-Json -Text ([System.IO.File]::ReadAllText([System.IO.Path]::Combine($data, $Name)))
}

$signatures = @{}
foreach ($file in 'cmdlets.json', 'role-cmdlets.json') {
  $list = Read-Data $file
  foreach ($name in $list.Keys) { $signatures[$name] = $list[$name] }
}
$rules = Read-Data 'rule-parameters.json'
foreach ($name in 'New-TransportRule', 'Set-TransportRule') {
  $signatures[$name] = @{}
  foreach ($part in $name, 'shared') {
    foreach ($parameter in $rules[$part].Keys) { $signatures[$name][$parameter] = $rules[$part][$parameter] }
  }
}

# The types of parameters that are not taken as they come.
$types = @{
  'String' = 'string'; 'Boolean' = 'bool'; 'SwitchParameter' = 'switch'; 'DateTime' = 'datetime'; 'Guid' = 'guid'
  'Int32' = 'int'; 'String[]' = 'string[]'; 'Word[]' = 'string[]'; 'Pattern[]' = 'string[]'
}

# The text of a function that stands for a cmdlet.
function Get-CmdletText([string]$Name) {
  $impact = if ($Name -like 'Remove-*') { 'High' } else { 'Medium' }
  $parameters = foreach ($parameter in $signatures[$Name].Keys) {
    if ($parameter -in 'Confirm', 'WhatIf') { continue }
    $type = $types[$signatures[$Name][$parameter].Replace('!', '')]
    $mandatory = if ($signatures[$Name][$parameter].EndsWith('!')) { '[Parameter(Mandatory)]' } else { '' }
    '{0}[{1}]${2}' -f $mandatory, ($type ? $type : 'object'), $parameter
  }
  $binding = if ($Name -like 'Get-*') { '' } else { "SupportsShouldProcess, ConfirmImpact = '$impact'" }
  $guard = if ($Name -like 'Get-*') { '' } else { 'if (-not $PSCmdlet.ShouldProcess("$($PSBoundParameters[''Identity''])")) { return }' }
  return "function $Name { [CmdletBinding($binding)] param($($parameters -join ', ')) $guard; Invoke-Cmdlet '$Name' `$PSBoundParameters `$PSCmdlet }"
}
