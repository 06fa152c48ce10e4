<#
.SYNOPSIS
Lets an application run offboard in this tenant, with no more rights than that takes.

.DESCRIPTION
Run it as an administrator with the role Role Management (Organization Management has it), after
Connect-ExchangeOnline. It makes, where they are missing:

1. Exchange Online's reference to the application's service principal;
2. a role group with the management roles that offboard needs, and nothing else;
3. the membership of the one in the other.

Running it again changes nothing. It does not touch a role group or a service principal that it did not make.

With -Graph also, after Connect-MgGraph:

4. the application permissions on Microsoft Graph that it takes to look at the vendor's app, or to change it.

The application also needs the permission Exchange.ManageAsApp, with consent: see docs/permissions.md.

.PARAMETER AppId
The application (client) id.

.PARAMETER ObjectId
The object id of the enterprise application in this tenant. Not that of the app registration.

.PARAMETER Organization
The tenant's initial domain, such as contoso.onmicrosoft.com: compared with the tenant that is connected.

.PARAMETER TraceRole
The role for the message trace. The check at the end tells when this tenant wants the other one.

.PARAMETER ReadOnly
Only what a dry run needs.

.PARAMETER Graph
What may be done with the vendor's app: Read for a dry run, Disable, or All to take its rights away, delete it and
bring it back. Needs the module Microsoft.Graph.Authentication, connected to the same tenant by a Privileged Role
Administrator: Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All, Directory.Read.All

.EXAMPLE
Connect-ExchangeOnline -Organization contoso.onmicrosoft.com
./Grant-OffboardAccess.ps1 -AppId 11111111-... -ObjectId 22222222-... -Organization contoso.onmicrosoft.com -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
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

    [ValidateSet('View-Only Recipients', 'Message Tracking')]
    [string] $TraceRole = 'View-Only Recipients',

    [switch] $ReadOnly,

    [ValidateSet('Read', 'Disable', 'All')]
    [string] $Graph
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# What the role group is known by as this script's own.
$mark = 'Made for offboard by Grant-OffboardAccess. Revoke-OffboardAccess removes it.'
$displayName = 'offboard'

# Transport rules, connectors and connection filter can be written with these, and everything else only read.
$wanted = @('View-Only Configuration', $TraceRole)
$writeRoles = 'Transport Rules', 'Remote and Accepted Domains', 'Transport Hygiene'

# What a dry run cannot do without.
$cmdlets = @(
    'Get-AcceptedDomain', 'Get-HostedConnectionFilterPolicy', 'Get-InboundConnector', 'Get-ManagementRole',
    'Get-MessageTraceV2', 'Get-OutboundConnector', 'Get-TransportRule'
)
$writeCmdlets = @(
    'Disable-TransportRule', 'Enable-TransportRule', 'New-InboundConnector', 'New-OutboundConnector',
    'New-TransportRule', 'Remove-InboundConnector', 'Remove-OutboundConnector', 'Remove-TransportRule',
    'Set-HostedConnectionFilterPolicy', 'Set-OutboundConnector'
)
# Where leftovers are looked for. What may not be read is reported as not checked.
$leftoverCmdlets = @(
    'Get-AntiPhishPolicy', 'Get-ArcConfig', 'Get-DkimSigningConfig', 'Get-ExoPhishSimOverrideRule',
    'Get-ExoSecOpsOverrideRule', 'Get-HostedContentFilterPolicy', 'Get-JournalRule', 'Get-PhishSimOverridePolicy',
    'Get-RemoteDomain', 'Get-SafeLinksPolicy', 'Get-SecOpsOverridePolicy', 'Get-TenantAllowBlockListItems',
    'Get-TenantAllowBlockListSpoofItems', 'Get-TransportConfig'
)

# On Microsoft Graph, each level with those before it.
$graphLevels = [ordered] @{
    Read    = @('Directory.Read.All')
    Disable = @('Application.ReadWrite.All')
    All     = @('AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All')
}
$graphWanted = @()
foreach ($level in $graphLevels.Keys) {
    if (-not $Graph) { break }
    $graphWanted += $graphLevels[$level]
    if ($level -eq $Graph) { break }
}
if ($ReadOnly -and $graphWanted.Count -gt 1) {
    throw "-ReadOnly goes with -Graph Read alone, not with -Graph $Graph."
}

if (-not $ReadOnly) {
    $wanted += $writeRoles
    $cmdlets += $writeCmdlets
}

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

if (-not (Get-Command -Name New-RoleGroup -ErrorAction Ignore)) {
    throw 'Exchange Online is not connected, or the account lacks the role Role Management. Run Connect-ExchangeOnline first.'
}
$domains = @(Get-AcceptedDomain -ErrorAction Stop | ForEach-Object { [string] $_.DomainName })
if ($domains -notcontains $Organization) {
    throw "The connected tenant is not $Organization. Its domains: $($domains -join ', ')"
}

# Microsoft Graph is looked at first, so that nothing is made when it is not the right tenant.
$graphRoles = @()
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
    $graphRoles = @($api.appRoles | Where-Object { $graphWanted -contains [string] $_.value -and @($_.allowedMemberTypes) -contains 'Application' })
    if ($graphRoles.Count -ne $graphWanted.Count) {
        throw "Microsoft Graph does not offer all of: $($graphWanted -join ', ')"
    }
}

# 1. The reference to the service principal.
$principal = @(Get-ServicePrincipal -ErrorAction Stop | Where-Object { [string] $_.AppId -eq [string] $AppId })
$knownAs = ''
if ($principal.Count -gt 0) { $knownAs = Read-Property $principal[0] 'ObjectId', 'ServiceId' }
if ($principal.Count -gt 0 -and $knownAs -ne [string] $ObjectId) {
    throw "Exchange Online knows the application $AppId with the object id $knownAs, not $ObjectId. Give the object id of the enterprise application."
}
if ($principal.Count -eq 0 -and $PSCmdlet.ShouldProcess("$AppId in $Organization", 'Add the service principal')) {
    $null = New-ServicePrincipal -AppId ([string] $AppId) -ObjectId ([string] $ObjectId) -DisplayName $displayName -Confirm:$false -ErrorAction Stop
    $principal = @(Get-ServicePrincipal -ErrorAction Stop | Where-Object { [string] $_.AppId -eq [string] $AppId })
}

# 2. The role group.
$group = @(Get-RoleGroup -ErrorAction Stop | Where-Object { [string] $_.Name -eq $RoleGroup })
if ($group.Count -gt 0 -and [string] $group[0].Description -ne $mark) {
    throw "A role group named $RoleGroup exists and is not from this script. Choose another name with -RoleGroup."
}
if ($group.Count -eq 0) {
    if ($PSCmdlet.ShouldProcess("$RoleGroup in $Organization", "Make the role group with: $($wanted -join ', ')")) {
        $null = New-RoleGroup -Name $RoleGroup -Roles $wanted -Description $mark -Confirm:$false -ErrorAction Stop
    }
}
else {
    $assigned = @(Get-ManagementRoleAssignment -RoleAssignee $RoleGroup -ErrorAction Stop | ForEach-Object { [string] $_.Role })
    foreach ($role in $wanted | Where-Object { $assigned -notcontains $_ }) {
        if ($PSCmdlet.ShouldProcess("$RoleGroup in $Organization", "Add the role $role")) {
            $null = New-ManagementRoleAssignment -SecurityGroup $RoleGroup -Role $role -Confirm:$false -ErrorAction Stop
        }
    }
    foreach ($role in $assigned | Where-Object { $wanted -notcontains $_ }) {
        Write-Warning "The role group $RoleGroup also has the role $role, which is not needed. It is left."
    }
}

# 3. The membership.
$isMember = $false
if ($group.Count -gt 0 -and $principal.Count -gt 0) {
    $members = @(Get-RoleGroupMember -Identity $RoleGroup -ResultSize Unlimited -ErrorAction Stop)
    $isMember = @(Select-OwnMember $members $principal[0]).Count -gt 0
}
if (-not $isMember -and $PSCmdlet.ShouldProcess("$RoleGroup in $Organization", "Add $AppId as a member")) {
    try {
        $null = Add-RoleGroupMember -Identity $RoleGroup -Member ([string] $principal[0].Identity) -BypassSecurityGroupManagerCheck -Confirm:$false -ErrorAction Stop
    }
    catch {
        if ([string] $_ -notmatch 'MemberAlreadyExists|already a member') { throw }
    }
}

# 4. The permissions on Microsoft Graph.
if ($Graph) {
    $held = @((Invoke-MgGraphRequest -Method GET -Uri "v1.0/servicePrincipals/$ObjectId/appRoleAssignments?`$top=999" -ErrorAction Stop).value | ForEach-Object { [string] $_.appRoleId })
    foreach ($role in $graphRoles | Where-Object { $held -notcontains [string] $_.id }) {
        if ($PSCmdlet.ShouldProcess("$AppId in $Organization", "Grant $($role.value) on Microsoft Graph")) {
            $body = @{ principalId = [string] $ObjectId; resourceId = [string] $api.id; appRoleId = [string] $role.id }
            $null = Invoke-MgGraphRequest -Method POST -Uri "v1.0/servicePrincipals/$($api.id)/appRoleAssignedTo" -Body $body -ErrorAction Stop
        }
    }
}

# What the roles bring is asked of the tenant, not assumed.
foreach ($cmdlet in $cmdlets + $leftoverCmdlets) {
    $holders = @(Get-ManagementRole -Cmdlet $cmdlet -ErrorAction Stop | ForEach-Object { [string] $_.Name })
    if (@($holders | Where-Object { $wanted -contains $_ }).Count -eq 0) {
        $effect = if ($leftoverCmdlets -contains $cmdlet) { 'It will be reported as not checked.' } else { 'offboard needs it.' }
        Write-Warning "None of the roles given holds $cmdlet. $effect In this tenant it is in: $($holders -join ', ')"
    }
}

[pscustomobject] @{
    Organization = $Organization
    AppId        = $AppId
    RoleGroup    = $RoleGroup
    Roles        = $wanted
    Graph        = $graphWanted
    Next         = 'Grant Exchange.ManageAsApp with consent, wait until the roles are in effect, then run: offboard doctor'
}
