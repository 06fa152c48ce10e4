<#
.SYNOPSIS
Takes away what Grant-OffboardAccess gave.

.DESCRIPTION
Run it when the tenant is off the vendor, as an administrator with the role Role Management, after
Connect-ExchangeOnline. It removes the application from the role group, the role group when nobody else is in it,
and Exchange Online's reference to the service principal. It removes nothing that Grant-OffboardAccess did not make.
Running it again changes nothing.

With -Graph, after Connect-MgGraph, it also takes away the application's permissions on Microsoft Graph that
Grant-OffboardAccess -Graph gives.

The application itself, its permission Exchange.ManageAsApp and its credentials are in Entra: see
docs/permissions.md.

.PARAMETER AppId
The application (client) id.

.PARAMETER ObjectId
The object id of the enterprise application in this tenant.

.PARAMETER Organization
The tenant's initial domain, such as contoso.onmicrosoft.com: compared with the tenant that is connected.

.PARAMETER Graph
Takes the permissions on Microsoft Graph away too. Needs the module Microsoft.Graph.Authentication, connected to the
same tenant by a Privileged Role Administrator: Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All, Directory.Read.All

.EXAMPLE
./Revoke-OffboardAccess.ps1 -AppId 11111111-... -ObjectId 22222222-... -Organization contoso.onmicrosoft.com -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)]
    [ValidateScript({ $_ -ne [guid]::Empty })]
    [guid] $AppId,

    [Parameter(Mandatory)]
    [ValidateScript({ $_ -ne [guid]::Empty })]
    [guid] $ObjectId,

    [Parameter(Mandatory)]
    [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9-]*\.(onmicrosoft\.(com|us)|partner\.onmschina\.cn)$')]
    [string] $Organization,

    [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$')]
    [string] $RoleGroup = 'Offboard',

    [switch] $Graph
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# What Grant-OffboardAccess writes on what it makes.
$mark = 'Made for offboard by Grant-OffboardAccess. Revoke-OffboardAccess removes it.'
$displayName = 'offboard'

# On Microsoft Graph, what Grant-OffboardAccess -Graph All gives.
$graphGiven = @(
    'Directory.Read.All', 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All',
    'DelegatedPermissionGrant.ReadWrite.All'
)

# The service may leave a property out; under strict mode reading it would fail.
function Read-Property($Object, [string[]] $Name) {
    foreach ($one in $Name) {
        $property = $Object.PSObject.Properties[$one]
        if ($property -and [string] $property.Value) { return [string] $property.Value }
    }
    return ''
}

# The members of the role group that are this service principal, by whichever id the service lists them.
function Select-OwnMember($Members, $Principal) {
    $ids = @('Identity', 'ObjectId', 'ServiceId', 'Guid' | ForEach-Object { Read-Property $Principal $_ } | Where-Object { $_ })
    $Members | Where-Object {
        $member = $_
        'Identity', 'Guid', 'ExternalDirectoryObjectId', 'Name' | Where-Object { $ids -contains (Read-Property $member $_) }
    }
}

if (-not (Get-Command -Name Remove-RoleGroup -ErrorAction Ignore)) {
    throw 'Exchange Online is not connected, or the account lacks the role Role Management. Run Connect-ExchangeOnline first.'
}
$domains = @(Get-AcceptedDomain -ErrorAction Stop | ForEach-Object { [string] $_.DomainName })
if ($domains -notcontains $Organization) {
    throw "The connected tenant is not $Organization. Its domains: $($domains -join ', ')"
}

# Microsoft Graph is looked at first, so that nothing is taken away when it is not the right tenant.
if ($Graph) {
    if (-not (Get-Command -Name Invoke-MgGraphRequest -ErrorAction Ignore)) {
        throw 'The module Microsoft.Graph.Authentication is not loaded. Run Connect-MgGraph first.'
    }
    $directory = @((Invoke-MgGraphRequest -Method GET -Uri 'v1.0/organization' -ErrorAction Stop).value)[0]
    if (@($directory.verifiedDomains | ForEach-Object { [string] $_.name }) -notcontains $Organization) {
        throw "Microsoft Graph is connected to another tenant than $Organization."
    }
    $enterprise = Invoke-MgGraphRequest -Method GET -Uri "v1.0/servicePrincipals/$ObjectId" -ErrorAction Stop
    if ([string] $enterprise.appId -ne [string] $AppId) {
        throw "The object id $ObjectId is of the application $($enterprise.appId), not of $AppId."
    }
    $api = Invoke-MgGraphRequest -Method GET -Uri "v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')" -ErrorAction Stop
    $given = @($api.appRoles | Where-Object { $graphGiven -contains [string] $_.value } | ForEach-Object { [string] $_.id })
    $held = @((Invoke-MgGraphRequest -Method GET -Uri "v1.0/servicePrincipals/$ObjectId/appRoleAssignments?`$top=999" -ErrorAction Stop).value)
    foreach ($assignment in $held | Where-Object { [string] $_.resourceId -eq [string] $api.id -and $given -contains [string] $_.appRoleId }) {
        $name = [string] @($api.appRoles | Where-Object { [string] $_.id -eq [string] $assignment.appRoleId })[0].value
        if ($PSCmdlet.ShouldProcess("$AppId in $Organization", "Take away $name on Microsoft Graph")) {
            $null = Invoke-MgGraphRequest -Method DELETE -Uri "v1.0/servicePrincipals/$($api.id)/appRoleAssignedTo/$($assignment.id)" -ErrorAction Stop
        }
    }
}

$principal = @(Get-ServicePrincipal -ErrorAction Stop | Where-Object {
        [string] $_.AppId -eq [string] $AppId -and (Read-Property $_ 'ObjectId', 'ServiceId') -eq [string] $ObjectId
    })
$group = @(Get-RoleGroup -ErrorAction Stop | Where-Object { [string] $_.Name -eq $RoleGroup })
if ($group.Count -gt 0 -and [string] $group[0].Description -ne $mark) {
    Write-Warning "The role group $RoleGroup is not from Grant-OffboardAccess. It is left."
    $group = @()
}

# The membership, and the group when it was the last.
if ($group.Count -gt 0) {
    $members = @(Get-RoleGroupMember -Identity $RoleGroup -ResultSize Unlimited -ErrorAction Stop)
    $ours = @()
    if ($principal.Count -gt 0) { $ours = @(Select-OwnMember $members $principal[0]) }
    if ($ours.Count -gt 0 -and $PSCmdlet.ShouldProcess("$RoleGroup in $Organization", "Remove the member $AppId")) {
        Remove-RoleGroupMember -Identity $RoleGroup -Member ([string] $principal[0].Identity) -BypassSecurityGroupManagerCheck -Confirm:$false -ErrorAction Stop
    }
    if ($members.Count -gt $ours.Count) {
        Write-Warning "The role group $RoleGroup has other members. It is left."
    }
    elseif ($PSCmdlet.ShouldProcess("$RoleGroup in $Organization", 'Remove the role group')) {
        Remove-RoleGroup -Identity $RoleGroup -BypassSecurityGroupManagerCheck -Confirm:$false -ErrorAction Stop
    }
}

# The reference to the service principal.
if ($principal.Count -gt 0) {
    if ([string] $principal[0].DisplayName -ne $displayName) {
        Write-Warning "The service principal of $AppId is named $($principal[0].DisplayName), so it is not from Grant-OffboardAccess. It is left."
    }
    elseif ($PSCmdlet.ShouldProcess("$AppId in $Organization", 'Remove the service principal from Exchange Online')) {
        Remove-ServicePrincipal -Identity ([string] $principal[0].Identity) -Confirm:$false -ErrorAction Stop
    }
}

[pscustomobject] @{
    Organization = $Organization
    AppId        = $AppId
    Next         = 'In Entra, remove the consent and the certificate or secret, or delete the application; see docs/permissions.md'
}
