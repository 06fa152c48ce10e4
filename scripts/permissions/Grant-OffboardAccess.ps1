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

    [switch] $ReadOnly
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
    Next         = 'Grant Exchange.ManageAsApp with consent, wait until the roles are in effect, then run: offboard doctor'
}
