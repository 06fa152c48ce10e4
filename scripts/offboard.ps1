# Runs the program from a checkout, with the project's own Node. Builds first when a source is newer than the build.
#
#     scripts\offboard.ps1 run --platform m365-inline --region eu --dry-run --sandbox
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'project.ps1'))

if (-not [IO.File]::Exists($node)) {
  Stop-Script 'offboard: nothing is installed yet; run: scripts\quickstart.ps1'
}

function Test-Built {
  $stamp = Get-InRoot 'dist', '.built'
  if (-not [IO.File]::Exists($stamp)) { return $false }
  $built = [IO.File]::GetLastWriteTimeUtc($stamp)
  foreach ($file in 'package.json', 'package-lock.json', 'scripts/build.ts') {
    if ([IO.File]::GetLastWriteTimeUtc((Get-InRoot $file)) -gt $built) { return $false }
  }
  foreach ($folder in 'src', 'adapters') {
    foreach ($entry in [IO.Directory]::EnumerateFileSystemEntries((Get-InRoot $folder), '*', 'AllDirectories')) {
      if ($entry.EndsWith('.test.ts')) { continue }
      if ([IO.File]::GetLastWriteTimeUtc($entry) -gt $built) { return $false }
    }
  }
  $true
}

if (-not (Test-Built)) {
  & $node (Get-InRoot 'scripts', 'build.ts')
  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
& $node (Get-InRoot 'dist', 'offboard.js') @args
exit $LASTEXITCODE
