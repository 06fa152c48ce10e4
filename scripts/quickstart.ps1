# One command on a fresh machine: installs, builds, and shows what the program would do to a simulated tenant.
# Needs any Node from 20 on with npm. Asks nothing, writes to nothing but this folder and a folder for the
# demonstration below the system's temporary one. Ends with the exit code of the dry run.
$ErrorActionPreference = 'Stop'
. ([IO.Path]::Combine($PSScriptRoot, 'project.ps1'))

Test-Node

$state = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'offboard-demo')
[void] [IO.Directory]::CreateDirectory($state)

if (Test-Installed) {
  '1/3 Packages: already installed.'
} else {
  '1/3 Packages: installing with npm, which takes about half a minute ...'
  Install-Packages
}

'2/3 Program: building ...'
& $node (Get-InRoot 'scripts', 'build.ts')
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

'3/3 Dry run: what would be taken out of a simulated Microsoft 365 tenant. Nothing is changed.'
'    offboard run --platform m365-inline --region eu --dry-run --sandbox'
''
$env:OFFBOARD_STATE_DIR = $state
& $node (Get-InRoot 'dist', 'offboard.js') run --platform m365-inline --region eu --dry-run --sandbox
$status = $LASTEXITCODE

@"

The simulated tenant is kept in $state. What to type next:
    `$env:OFFBOARD_STATE_DIR = '$state'
    scripts\offboard.ps1 run --platform m365-inline --region eu --sandbox      remove it all from the simulated tenant
    scripts\offboard.ps1 sandbox clock +30m                                    in a second terminal: let the wait pass
    scripts\offboard.ps1 sandbox reset                                         the simulated tenant as it was at first
    scripts\offboard.ps1 doctor --help                                         then: check the access to your own tenant
"@
exit $status
