import * as z from 'zod'
import { InternalError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Call } from '../../../src/model/resource.ts'

/** A command that puts something of the directory back, as plans and journals hold it. */
interface CommandForm<Parameters> {
  call(parameters: Parameters): Call
  /** undefined when the call is of another command. Throws an InternalError when its parameters are not of this one. */
  parametersIn(call: Call): Parameters | undefined
}

function form<Parameters extends JsonObject>(
  command: string,
  schema: z.ZodType<Parameters>,
): CommandForm<Parameters> {
  return {
    call: (parameters) => ({ command, parameters }),
    parametersIn(call) {
      if (call.command !== command) return undefined
      const { data } = schema.safeParse(call.parameters)
      if (data !== undefined) return data
      throw new InternalError({
        tried: `run ${command}`,
        said: 'its parameters are not those of this command',
      })
    },
  }
}

// All of them name apps by the application id, as the object id of one that comes back may be new.
const appId = z.guid()

export const restoreServicePrincipal = form('restore-service-principal', z.object({ id: z.guid(), appId }))

export const updateServicePrincipal = form(
  'update-service-principal',
  z.object({ appId, accountEnabled: z.boolean() }),
)

export const grantAppRole = form(
  'grant-app-role',
  z.object({ appId, resourceId: z.guid(), appRoleId: z.guid() }),
)

const delegated = z.object({
  appId,
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.guid().nullable(),
  resourceId: z.guid(),
  /** Scopes, with spaces between. */
  scope: z.string(),
})

export type Delegated = z.infer<typeof delegated>
export const grantDelegated = form('grant-delegated', delegated)
