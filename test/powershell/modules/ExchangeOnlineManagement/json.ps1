# JSON by .NET: objects become hashtables, and back.
function Read-Element([System.Text.Json.JsonElement]$Element) {
  switch ([string]$Element.ValueKind) {
    'Object' {
      $table = [System.Collections.Specialized.OrderedDictionary]::new([System.StringComparer]::Ordinal)
      foreach ($member in $Element.EnumerateObject()) {
        # A call costs more than the value that it reads.
        $kind = [string]$member.Value.ValueKind
        if ($kind -eq 'String') { $table[$member.Name] = $member.Value.GetString() }
        elseif ($kind -eq 'Null') { $table[$member.Name] = $null }
        elseif ($kind -eq 'False') { $table[$member.Name] = $false }
        else { $table[$member.Name] = Read-Element $member.Value }
      }
      return $table
    }
    'Array' {
      $list = [System.Collections.Generic.List[object]]::new()
      foreach ($member in $Element.EnumerateArray()) { $list.Add((Read-Element $member)) }
      return , $list.ToArray()
    }
    'String' { return $Element.GetString() }
    'True' { return $true }
    'False' { return $false }
    'Number' {
      $whole = [int]0
      if ($Element.TryGetInt32([ref]$whole)) { return $whole }
      return $Element.GetDouble()
    }
  }
}

function Read-Json([string]$Text) {
  return Read-Element ([System.Text.Json.JsonDocument]::Parse($Text)).RootElement
}

function Write-Json($Writer, $Value) {
  if ($null -eq $Value) { $Writer.WriteNullValue(); return }
  $base = $Value.psobject.BaseObject
  if ($base -is [string] -or $base -is [guid]) { $Writer.WriteStringValue($base.ToString()) }
  elseif ($base -is [switch]) { $Writer.WriteBooleanValue($base.IsPresent) }
  elseif ($base -is [bool]) { $Writer.WriteBooleanValue([bool]$base) }
  elseif ($base -is [datetime]) { $Writer.WriteStringValue($base.ToString('o')) }
  elseif ($base -is [int] -or $base -is [long]) { $Writer.WriteNumberValue([long]$base) }
  elseif ($base -is [double]) { $Writer.WriteNumberValue([double]$base) }
  elseif ($base -is [System.Collections.IDictionary]) {
    $Writer.WriteStartObject()
    # A hashtable has no order of its own.
    $keys = [string[]]@($base.Keys)
    [System.Array]::Sort($keys, [System.StringComparer]::Ordinal)
    foreach ($key in $keys) { $Writer.WritePropertyName($key); Write-Json $Writer $base[$key] }
    $Writer.WriteEndObject()
  }
  else {
    $Writer.WriteStartArray()
    foreach ($member in $base) { Write-Json $Writer $member }
    $Writer.WriteEndArray()
  }
}

function Format-Json($Value) {
  $stream = [System.IO.MemoryStream]::new()
  $writer = [System.Text.Json.Utf8JsonWriter]::new($stream)
  Write-Json $writer $Value
  $writer.Dispose()
  return [System.Text.Encoding]::UTF8.GetString($stream.ToArray())
}
