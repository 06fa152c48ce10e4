import type { Json } from '../../../model/json.ts'
import type { StoredObject } from '../../tenant/state.ts'
import {
  type Cmdlet,
  type CmdletContext,
  type CmdletTable,
  newObject,
  notFound,
  target,
  textOf,
} from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { present } from '../present.ts'
import { everyRole, roles, rolesWith } from '../roles.ts'
import { findCmdlet } from '../signatures.ts'

function roleRow(name: string): Json {
  return {
    Name: name,
    Identity: name,
    RoleType: roles[name]?.type ?? '',
    IsRootRole: true,
    IsEndUserRole: false,
  }
}

const getRole: Cmdlet = ({ parameters }) => {
  const identity = textOf(parameters, 'Identity')
  const cmdlet = textOf(parameters, 'Cmdlet')
  const named = everyRole.filter(
    (name) => identity === undefined || name.toLowerCase() === identity.toLowerCase(),
  )
  if (identity !== undefined && named.length === 0) throw notFound(identity)
  const known = cmdlet === undefined ? undefined : rolesWith(findCmdlet(cmdlet) ?? cmdlet)
  return named.filter((name) => known === undefined || known.includes(name)).map(roleRow)
}

const getAssignment: Cmdlet = ({ state, parameters }) => {
  const role = textOf(parameters, 'Role')
  return state.objects['role-group']
    .flatMap((group) => members(group, 'Roles').map((name) => ({ group: group.name, role: name })))
    .filter((assignment) => role === undefined || assignment.role === role)
    .map((assignment) => ({
      Name: `${assignment.role}-${assignment.group}`,
      Identity: `${assignment.role}-${assignment.group}`,
      Role: assignment.role,
      RoleAssignee: assignment.group,
      RoleAssigneeName: assignment.group,
      RoleAssigneeType: 'RoleGroup',
      Enabled: true,
    }))
}

function members(group: StoredObject, property: 'Roles' | 'Members'): readonly string[] {
  const value = group.properties[property]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function add(
  kind: 'service-principal' | 'role-group',
  properties: readonly string[],
  naming: string,
): Cmdlet {
  return (context) => {
    const { state, parameters } = context
    const name = textOf(parameters, naming) ?? ''
    if (state.objects[kind].some((object) => object.name.toLowerCase() === name.toLowerCase()))
      throw new Refusal(errorTypes.exists, `The object "${name}" already exists.`)
    const object = newObject(context, kind, name)
    for (const property of properties) object.properties[property] = parameters[property] ?? null
    state.objects[kind].push(object)
    return [present(state, kind, object, state.objects[kind].length - 1)]
  }
}

function remove(kind: 'service-principal' | 'role-group'): Cmdlet {
  return (context) => {
    const objects = context.state.objects[kind]
    objects.splice(objects.indexOf(target(context, kind)), 1)
    return []
  }
}

/** The member's name as the group keeps it: a service principal by its own name, anyone else as given. */
function memberName({ state, parameters }: CmdletContext): string {
  const given = textOf(parameters, 'Member') ?? ''
  const principal = state.objects['service-principal'].find(({ name, guid, properties }) =>
    [name, guid, properties.AppId, properties.ObjectId].includes(given),
  )
  return principal?.name ?? given
}

function changeMembers(change: (members: readonly string[], member: string) => readonly string[]): Cmdlet {
  return (context) => {
    const group = target(context, 'role-group')
    group.properties.Members = [...change(members(group, 'Members'), memberName(context))]
    return []
  }
}

const addMember = changeMembers((present, member) => {
  if (present.includes(member))
    throw new Refusal(errorTypes.exists, `The recipient "${member}" is already a member of the group.`)
  return [...present, member]
})

const removeMember = changeMembers((present, member) => {
  if (!present.includes(member)) throw notFound(member)
  return present.filter((name) => name !== member)
})

export const managementRoleCmdlets: CmdletTable = {
  'Get-ManagementRole': getRole,
  'Get-ManagementRoleAssignment': getAssignment,
  'New-ServicePrincipal': add('service-principal', ['AppId', 'ObjectId', 'DisplayName'], 'DisplayName'),
  'Remove-ServicePrincipal': remove('service-principal'),
  'New-RoleGroup': add('role-group', ['Roles', 'Members', 'Description', 'DisplayName'], 'Name'),
  'Remove-RoleGroup': remove('role-group'),
  'Add-RoleGroupMember': addMember,
  'Remove-RoleGroupMember': removeMember,
  'Get-RoleGroupMember': (context) =>
    members(target(context, 'role-group'), 'Members').map((name) => ({ Name: name, Identity: name })),
}
