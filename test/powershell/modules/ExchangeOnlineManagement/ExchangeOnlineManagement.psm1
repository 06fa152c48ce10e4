# OFFBOARD_EXCHANGE_URL is where the sandbox answers. In the folder EXO_STUB_FOLDER, if it is given, calls are noted and
# faults are read. No cmdlet of Microsoft.PowerShell.Utility or .Management is used: the engine may have none.
Set-StrictMode -Version 3

. ([System.IO.Path]::Combine($PSScriptRoot, 'json.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'faults.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'signatures.ps1'))

$connections = [System.Collections.Generic.List[object]]::new()

function Get-TokenTenant([string]$Token) {
  $payload = $Token.Split('.')[1].Replace('-', '+').Replace('_', '/')
  $payload = $payload.PadRight([System.Math]::Ceiling($payload.Length / 4) * 4, [char]'=')
  $json = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($payload))
  return (Read-Json -Text $json)['tid']
}

# The cmdlets that the caller's roles allow.
function Get-ExportedCmdlets([string]$Endpoint, [string]$Organization, [string]$Token) {
  $client = [System.Net.Http.HttpClient]::new()
  $client.DefaultRequestHeaders.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $Token)
  $client.DefaultRequestHeaders.Add('CommandName', '*')
  $url = '{0}/adminapi/v1.0/{1}/EXOModuleFile?Version=3.9.2' -f $Endpoint, $Organization
  $answer = $client.GetAsync($url).GetAwaiter().GetResult()
  if ([int]$answer.StatusCode -in 401, 403) {
    throw 'The role assigned to application 11111111-2222-4333-8444-555555555555 isn''t supported in this scenario. Please check online documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication.'
  }
  [void]$answer.EnsureSuccessStatusCode()
  $json = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
  return (Read-Json -Text $json)['value'][0]['exportedCmdlets'].Split(',')
}

function Connect-ExchangeOnline {
  [CmdletBinding()]
  param(
    [string]$AccessToken,
    [string]$Organization,
    [string]$DelegatedOrganization,
    [string]$UserPrincipalName,
    [string]$ExchangeEnvironmentName,
    [string[]]$CommandName = @('*'),
    [switch]$ShowBanner = $true,
    [switch]$SkipLoadingFormatData
  )
  Step-Fault -Command 'Connect-ExchangeOnline' -Caller $PSCmdlet -When 'before'
  $tenant = "$Organization$DelegatedOrganization"
  if (-not $tenant -or -not $AccessToken) {
    throw 'Either one of Organization, DelegatedOrganization or UserPrincipalName should be provided with the AccessToken'
  }
  if ($ShowBanner) { [System.Console]::Out.WriteLine('This V3 EXO PowerShell module contains new REST API backed cmdlets.') }
  $connection = @{
    endpoint = [System.Environment]::GetEnvironmentVariable('OFFBOARD_EXCHANGE_URL')
    tenant = Get-TokenTenant $AccessToken
    organization = $tenant
    token = $AccessToken
  }
  $allowed = Get-ExportedCmdlets $connection['endpoint'] $tenant $AccessToken
  $wanted = foreach ($name in $allowed) { foreach ($pattern in $CommandName) { if ($name -like $pattern) { $name; break } } }
  $helpers = foreach ($file in 'json.ps1', 'faults.ps1', 'request.ps1') {
    [System.IO.File]::ReadAllText([System.IO.Path]::Combine($PSScriptRoot, $file))
  }
  $functions = foreach ($name in $wanted) { Get-CmdletText $name }
  $text = "param(`$connection)`n" + (@($helpers) + @($functions) -join "`n") + "`nExport-ModuleMember -Function '*-*'"
  $module = New-Module -Name "tmpEXO_$([guid]::NewGuid().ToString('n').Substring(0, 8))" -ScriptBlock ([scriptblock]::Create($text)) -ArgumentList $connection
  Import-Module -ModuleInfo $module -Function @($wanted) -Global -DisableNameChecking
  $connection['module'] = $module.Name
  $connections.Add($connection)
  Step-Fault -Command 'Connect-ExchangeOnline' -Caller $PSCmdlet -When 'after'
}

function Get-ConnectionInformation {
  [CmdletBinding()]
  param()
  foreach ($connection in $connections) {
    [pscustomobject]@{
      ConnectionId = [guid]::NewGuid()
      State = 'Connected'
      Organization = $connection['organization']
      TenantID = if (Test-Fault 'other-tenant') { [guid]::NewGuid() } else { [guid]$connection['tenant'] }
      TokenStatus = 'Active'
      ModuleName = $connection['module']
      IsEopSession = $false
    }
  }
}

function Disconnect-ExchangeOnline {
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
  param()
  if (-not $PSCmdlet.ShouldProcess('Exchange Online', 'Disconnect')) { return }
  Step-Fault -Command 'Disconnect-ExchangeOnline' -Caller $PSCmdlet -When 'before'
  foreach ($connection in $connections) { Get-Module -Name $connection['module'] | Remove-Module }
  $connections.Clear()
}
