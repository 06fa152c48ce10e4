# Runs a cmdlet over the sandbox's REST endpoint and gives objects as the real module does: typed, and as they come
# out of the serialiser. Errors do not terminate and carry the exception's type in their text only.
$client = [System.Net.Http.HttpClient]::new()
$client.Timeout = [timespan]::FromSeconds(100)
$common = @([System.Management.Automation.Cmdlet]::CommonParameters) + 'WhatIf'

function Write-ErrorMessage {
  [CmdletBinding()]
  param([string]$Message)
  $id = "[Server=STUB01,RequestId=$([guid]::NewGuid()),TimeStamp=$([datetime]::UtcNow.ToString('R'))]"
  $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new($Message), $id, 'NotSpecified', $null))
}

function Get-Body([string]$Name, $Bound) {
  $parameters = @{}
  foreach ($key in $Bound.Keys) {
    if ($key -in $common) { continue }
    $value = $Bound[$key]
    if ($value -is [System.Collections.IDictionary]) { $value = @{ '@odata.type' = '#Exchange.GenericHashTable' } + $value }
    $parameters[$key] = $value
  }
  return Format-Json -Value @{ CmdletInput = @{ CmdletName = $Name; Parameters = $parameters } }
}

function Send-Request([string]$Url, [string]$Name, [string]$Body) {
  $request = [System.Net.Http.HttpRequestMessage]::new('POST', $Url)
  $request.Content = [System.Net.Http.StringContent]::new($Body, [System.Text.Encoding]::UTF8, 'application/json')
  $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $connection['token'])
  $mailbox = 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@' + $connection['tenant']
  foreach ($header in @(@('X-AnchorMailbox', $mailbox), @('X-CmdletName', $Name), @('Prefer', 'odata.maxpagesize=1000'), @('Accept-Language', $PSUICulture))) {
    if ($header[1]) { [void]$request.Headers.TryAddWithoutValidation($header[0], $header[1]) }
  }
  return $client.Send($request)
}

# The text with the exception's type, wherever in the answer it stands.
function Find-Message($Value) {
  if ($Value -is [string]) { if ($Value -match '^[^|]*\|[^|]*\|') { return $Value } else { return $null } }
  if ($null -eq $Value -or $Value -is [valuetype]) { return $null }
  $members = if ($Value -is [System.Collections.IDictionary]) { $Value.Values } else { $Value }
  foreach ($member in $members) {
    $found = Find-Message $member
    if ($found) { return $found }
  }
}

function ConvertTo-Typed([string]$Name, $Value, [string]$Type) {
  if ($Value -is [string] -and $Type -eq 'System.DateTime') {
    return [datetime]::Parse($Value, [System.Globalization.CultureInfo]::InvariantCulture, 'RoundtripKind')
  }
  if ($Value -is [string] -and $Name -match '(?:Guid|ObjectId|ImmutableId)$') { return [guid]$Value }
  if ($Name -eq 'RuleVersion') { return [version]::new($Value['Major'], $Value['Minor'], $Value['Build'], $Value['Revision']) }
  if ($Value -is [array]) { return , $Value }
  return $Value
}

function ConvertTo-Row($Row) {
  $bag = [ordered]@{}
  foreach ($name in $Row.Keys) {
    if ($name.Contains('@')) { continue }
    $value = $Row[$name]
    $mark = "$name@data.type"
    $bag[$name] = if ($null -eq $value -or $value -is [bool]) { $value }
    else { ConvertTo-Typed $name $value $(if ($Row.Contains($mark)) { $Row[$mark] } else { '' }) }
  }
  # A few characters have no form in XML.
  try { $text = [System.Management.Automation.PSSerializer]::Serialize([pscustomobject]$bag, 3) } catch { return [pscustomobject]$bag }
  return [System.Management.Automation.PSSerializer]::Deserialize($text)
}

function Invoke-Cmdlet([string]$Name, $Bound, $Caller) {
  Step-Fault -Command $Name -Caller $Caller -When 'before'
  $body = Get-Body $Name $Bound
  $url = '{0}/adminapi/beta/{1}/InvokeCommand' -f $connection['endpoint'], $connection['tenant']
  while ($url) {
    $answer = Send-Request $url $Name $body
    $text = [System.IO.StreamReader]::new($answer.Content.ReadAsStream()).ReadToEnd().Trim([char]0)
    $content = if ($text -and $text[0] -eq '{') { Read-Json -Text $text } else { @{} }
    if ($answer.IsSuccessStatusCode -and $content.Count -eq 0 -and $Name -like 'Get-*') {
      Write-ErrorMessage 'The input does not contain any JSON tokens.'
      return
    }
    if (-not $answer.IsSuccessStatusCode -or $content.Contains('@adminapi.errors')) {
      $message = Find-Message $content
      if (-not $message) { $message = 'Response status code does not indicate success: {0} ({1}).' -f [int]$answer.StatusCode, $answer.ReasonPhrase }
      Write-ErrorMessage $message
      return
    }
    if ($content.Contains('@adminapi.warnings')) { foreach ($warning in $content['@adminapi.warnings']) { $Caller.WriteWarning($warning) } }
    if ($content.Contains('value')) { foreach ($row in $content['value']) { if ($null -ne $row) { ConvertTo-Row $row } } }
    $url = if ($content.Contains('@odata.nextLink')) { $content['@odata.nextLink'] } else { $null }
  }
  Step-Fault -Command $Name -Caller $Caller -When 'after'
}
