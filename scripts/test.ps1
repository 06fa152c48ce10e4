# One command: installs what the tests need and runs all of them, with coverage. Arguments are handed to vitest:
#
#     scripts\test.ps1            everything
#     scripts\test.ps1 journal    the test files with "journal" in their path
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'project.ps1'))

if (-not (Test-Installed)) {
  Test-Node
  'Installing packages with npm ...'
  Install-Packages
}
& $node (Get-InRoot 'scripts', 'run-tests.ts') @args
exit $LASTEXITCODE
