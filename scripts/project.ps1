# Shared by the other scripts for Windows: the project's packages and its own Node, on a machine that has any Node
# from 20 on. Only .NET and PowerShell's own engine are used, so that Windows PowerShell 5.1 runs it too.

$root = [IO.Path]::GetDirectoryName($PSScriptRoot)
$program = if ([Environment]::OSVersion.Platform -eq 'Win32NT') { 'node.exe' } else { 'node' }
$node = [IO.Path]::Combine($root, 'node_modules', 'node', 'bin', $program)

function Get-InRoot([string[]] $parts) {
  [IO.Path]::Combine([string[]] (@($root) + $parts))
}

function Stop-Script([string[]] $lines) {
  foreach ($line in $lines) { [Console]::Error.WriteLine($line) }
  exit 64
}

function Test-Node {
  foreach ($name in 'node', 'npm') {
    if (-not (Get-Command $name -ErrorAction SilentlyContinue)) {
      Stop-Script "Node.js 20 or newer with npm is needed, and there is no '$name' on the PATH.",
        'Install it from https://nodejs.org/ and run this again.'
    }
  }
  $version = & node --version
  if ([int] ($version -replace '^v(\d+)\..*', '$1') -lt 20) {
    Stop-Script "Node.js 20 or newer is needed; this is $version.",
      'Install a newer one from https://nodejs.org/ and run this again.'
  }
}

function Test-Installed {
  $written = Get-InRoot 'node_modules', '.package-lock.json'
  [IO.File]::Exists($node) -and [IO.File]::Exists($written) -and
    [IO.File]::GetLastWriteTimeUtc($written) -gt [IO.File]::GetLastWriteTimeUtc((Get-InRoot 'package-lock.json'))
}

# npm warns about each package that wants a newer Node than the machine's. The project brings its own Node, so that
# says nothing here; what npm says is shown only when it fails.
function Install-Packages {
  $ErrorActionPreference = 'Continue'
  $said = & npm ci --prefix $root --no-audit --no-fund 2>&1
  if ($LASTEXITCODE -ne 0) {
    Stop-Script (@($said) + 'npm ci failed; what it said is above.')
  }
  if (-not [IO.File]::Exists($node)) {
    Stop-Script (@($said) + "npm did not run the install script of the package 'node', which brings the project's Node." +
      'Allow it (npm config get ignore-scripts) and run this again.')
  }
}
