import type { JsonObject } from '../../../src/model/json.ts'

/** A command for the child to run. All of it travels as data. */
export interface Request {
  /** Tells the answer from anything else that the child writes. */
  readonly id: string
  readonly command: string
  readonly parameters: JsonObject
  /** Parameters that are points in time. As text, PowerShell would take them for the machine's local time. */
  readonly dates?: readonly string[]
  /** Parameters whose values the child takes out of its environment, by the names of the variables. */
  readonly fromEnvironment?: Readonly<Record<string, string>>
  /** The only properties of the results that are sent back, as text; all as they are, when it is left out. */
  readonly select?: readonly string[]
}

/**
 * Runs one request and writes one envelope. It is made of the language, of .NET and of what the engine itself
 * brings, so that it needs no module. No backtick, no backslash and no `$` before a brace stands in it.
 *
 * Values become what the service's REST interface would have sent: GUIDs, enumerations and addresses as text,
 * times in ISO 8601, versions as objects.
 */
const runner = `
param([string]$Text)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$global:ProgressPreference = 'SilentlyContinue'
$plain = [System.Globalization.CultureInfo]::InvariantCulture
# Warnings are told apart by their text.
try { [System.Globalization.CultureInfo]::CurrentUICulture = [System.Globalization.CultureInfo]::new('en-US') } catch { }

function ConvertFrom-Element([System.Text.Json.JsonElement]$Element) {
  $kind = [string]$Element.ValueKind
  if ($kind -eq 'Object') {
    $table = @{}
    foreach ($member in $Element.EnumerateObject()) { $table[$member.Name] = ConvertFrom-Element $member.Value }
    return $table
  }
  if ($kind -eq 'Array') {
    $list = [System.Collections.Generic.List[object]]::new()
    foreach ($member in $Element.EnumerateArray()) { $list.Add((ConvertFrom-Element $member)) }
    return , $list.ToArray()
  }
  if ($kind -eq 'String') { return $Element.GetString() }
  if ($kind -eq 'True') { return $true }
  if ($kind -eq 'False') { return $false }
  if ($kind -eq 'Null') { return $null }
  $whole = [long]0
  if ($Element.TryGetInt64([ref]$whole)) { return $whole }
  return $Element.GetDouble()
}

function Write-Number($Writer, $Value, $Base) {
  # An enumeration that was serialised is a number that remembers its name.
  if ($Value.psobject.TypeNames[0] -like 'Deserialized.*') { $Writer.WriteStringValue($Value.ToString()) }
  elseif ($Base -is [double] -or $Base -is [single]) {
    if ([double]::IsFinite($Base)) { $Writer.WriteNumberValue([double]$Base) } else { $Writer.WriteStringValue($Base.ToString($plain)) }
  }
  elseif ($Base -is [decimal]) { $Writer.WriteNumberValue([decimal]$Base) }
  elseif ([System.Math]::Abs([decimal]$Base) -le 9007199254740991) { $Writer.WriteNumberValue([long]$Base) }
  else { $Writer.WriteStringValue($Base.ToString($plain)) }
}

# A call costs more than what it writes, so the frequent kinds are written in place.
function Write-Members($Writer, $Value, [int]$Depth) {
  $Writer.WriteStartObject()
  foreach ($property in $Value.psobject.Properties) {
    try { $member = $property.Value } catch { $member = $null }
    if ($null -eq $member) { $Writer.WriteNull($property.Name) }
    elseif ($member -is [string]) { $Writer.WriteString($property.Name, [string]$member) }
    elseif ($member -is [bool]) { $Writer.WriteBoolean($property.Name, [bool]$member) }
    elseif ($member -is [int] -and $member -isnot [psobject]) { $Writer.WriteNumber($property.Name, [int]$member) }
    else { $Writer.WritePropertyName($property.Name); Write-Value $Writer $member $Depth }
  }
  $Writer.WriteEndObject()
}

function Write-Value($Writer, $Value, [int]$Depth) {
  if ($null -eq $Value) { $Writer.WriteNullValue(); return }
  $base = $Value.psobject.BaseObject
  if ($base -is [string]) { $Writer.WriteStringValue([string]$base) }
  elseif ($base -is [bool]) { $Writer.WriteBooleanValue([bool]$base) }
  elseif ($base -is [switch]) { $Writer.WriteBooleanValue($base.IsPresent) }
  elseif ($base -is [datetime]) {
    $at = if ($base.Kind -eq 'Local') { $base.ToUniversalTime() } else { $base }
    $Writer.WriteStringValue($at.ToString('o', $plain))
  }
  elseif ($base -is [System.DateTimeOffset]) { $Writer.WriteStringValue($base.UtcDateTime.ToString('o', $plain)) }
  elseif ($base -is [enum] -or $base -is [guid] -or $base -is [uri] -or $base -is [timespan] -or $base -is [char] -or
    $base -is [System.Net.IPAddress] -or $base -is [type]) { $Writer.WriteStringValue($base.ToString()) }
  elseif ($base -is [System.ValueType] -and $base -is [System.IConvertible]) { Write-Number $Writer $Value $base }
  elseif ($Depth -le 0) { $Writer.WriteStringValue($Value.ToString()) }
  elseif ($base -is [System.Collections.IDictionary]) {
    $Writer.WriteStartObject()
    foreach ($entry in $base.GetEnumerator()) { $Writer.WritePropertyName([string]$entry.Key); Write-Value $Writer $entry.Value ($Depth - 1) }
    $Writer.WriteEndObject()
  }
  elseif ($base -is [System.Collections.IEnumerable]) {
    $Writer.WriteStartArray()
    foreach ($member in $base) {
      if ($member -is [string]) { $Writer.WriteStringValue([string]$member) } else { Write-Value $Writer $member ($Depth - 1) }
    }
    $Writer.WriteEndArray()
  }
  else { Write-Members $Writer $Value ($Depth - 1) }
}

function Select-Members($Value, $Names) {
  $table = @{}
  foreach ($name in $Names) {
    $property = $Value.psobject.Properties[$name]
    $table[$name] = if ($null -eq $property -or $null -eq $property.Value) { '' } else { $property.Value.ToString() }
  }
  return $table
}

function Get-Failure([System.Management.Automation.ErrorRecord]$Record) {
  $cause = $Record.Exception
  while ($null -ne $cause.InnerException -and ($cause -is [System.Management.Automation.MethodInvocationException] -or
      $cause -is [System.AggregateException] -or $cause -is [System.Reflection.TargetInvocationException])) {
    $cause = $cause.InnerException
  }
  return @{ type = $cause.GetType().FullName; message = $cause.Message; id = $Record.FullyQualifiedErrorId }
}

$data = [System.Collections.Generic.List[object]]::new()
$warnings = [System.Collections.Generic.List[object]]::new()
$failures = [System.Collections.Generic.List[object]]::new()
$answer = @{ id = ''; ok = $false; data = $data; warnings = $warnings; failure = $null }
try {
  $json = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($Text))
  $request = ConvertFrom-Element ([System.Text.Json.JsonDocument]::Parse($json)).RootElement
  $answer['id'] = $request['id']
  $parameters = $request['parameters']
  foreach ($name in $request['dates']) {
    $parameters[$name] = [datetime]::Parse($parameters[$name], $plain, 'AdjustToUniversal, AssumeUniversal')
  }
  foreach ($entry in $request['fromEnvironment'].GetEnumerator()) {
    $parameters[$entry.Key] = [System.Environment]::GetEnvironmentVariable($entry.Value)
    [System.Environment]::SetEnvironmentVariable($entry.Value, $null)
  }
  $parameters['ErrorAction'] = 'Stop'
  # Only what is loaded already: a name must not load a module that happens to be installed.
  $global:PSModuleAutoLoadingPreference = 'None'
  try { $command = @(Get-Command -Name $request['command'] -CommandType Function, Cmdlet -ListImported)[0] }
  finally { $global:PSModuleAutoLoadingPreference = 'All' }
  $select = $request['select']
  & $command @parameters 2>&1 3>&1 4>$null 5>$null 6>$null | ForEach-Object {
    if ($_ -is [System.Management.Automation.WarningRecord]) { $warnings.Add($_.Message) }
    elseif ($_ -is [System.Management.Automation.ErrorRecord]) { $failures.Add($_) }
    elseif ($null -eq $select) { $data.Add($_) }
    else { $data.Add((Select-Members $_ $select)) }
  }
  if ($failures.Count -gt 0) { $answer['failure'] = Get-Failure $failures[0] } else { $answer['ok'] = $true }
} catch {
  $answer['failure'] = Get-Failure $_
} finally {
  $packed = [System.IO.MemoryStream]::new()
  $zip = [System.IO.Compression.GZipStream]::new($packed, [System.IO.Compression.CompressionLevel]::Fastest)
  $form = [System.Text.Json.JsonWriterOptions]::new()
  $form.Encoder = [System.Text.Encodings.Web.JavaScriptEncoder]::UnsafeRelaxedJsonEscaping
  $writer = [System.Text.Json.Utf8JsonWriter]::new($zip, $form)
  Write-Value $writer $answer 8
  $writer.Dispose()
  $zip.Dispose()
  $bytes = [System.Convert]::ToBase64String($packed.ToArray())
  [System.Console]::Out.WriteLine('@@' + $answer['id'] + ':' + $bytes + '@@')
}
`

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

const encodedRunner = base64(runner)

/** The one line that makes the child run a request. A quote or a line break in it would be read as code. */
export function requestLine(request: Request): string {
  const load = `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${encodedRunner}'))`
  const whole = { dates: [], fromEnvironment: {}, select: null, ...request }
  return `& ([scriptblock]::Create(${load})) '${base64(JSON.stringify(whole))}'`
}
