import type { JsonObject } from '../../model/json.ts'
import type { Pages } from '../exchange/pages.ts'
import { type Answer, type Incoming, jsonAnswer } from '../http.ts'
import type { DirectoryObject } from '../tenant/directory.ts'
import { type SandboxState, sandboxNow } from '../tenant/state.ts'
import { GraphRefusal } from './errors.ts'
import { readQuery, selected } from './query.ts'
import { type GraphType, whole } from './types.ts'

/** What an operation runs with. */
export interface GraphContext {
  readonly state: SandboxState
  readonly request: Incoming
  /** What stands in the path for the names in braces. */
  readonly parameters: Readonly<Record<string, string>>
  readonly pages: Pages
  readonly body: JsonObject
}

/** Does an operation and answers it. Throws a GraphRefusal, and has changed nothing then. */
export type GraphHandler = (context: GraphContext) => Answer

export const noContent: Answer = { status: 204, headers: {}, body: '' }

function contextOf({ request }: GraphContext, what: string): string {
  return `${request.url.origin}/v1.0/$metadata#${what}`
}

/** Answers with one object; its properties are those that $select names, or all. */
export function objectAnswer(
  context: GraphContext,
  type: GraphType,
  object: DirectoryObject,
  status = 200,
): Answer {
  const { select } = readQuery(context.request.url, type)
  return jsonAnswer(status, {
    '@odata.context': contextOf(context, `${type.name.replace('microsoft.graph.', '')}s/$entity`),
    ...selected(whole(type, object), select),
  })
}

/** Answers with a page of a list, and the link to the next one. */
export function listAnswer(
  context: GraphContext,
  type: GraphType,
  list: () => readonly JsonObject[],
): Answer {
  const { state, request, pages } = context
  const now = sandboxNow(state).getTime()
  const query = readQuery(request.url, type)
  const token = request.url.searchParams.get('$skiptoken')
  const page =
    token === null
      ? pages.first(
          list()
            .map((object) => whole(type, object))
            .filter((object) => query.matches(object))
            .map((object) => selected(object, query.select)),
          request.url.pathname,
          query.pageSize,
          now,
        )
      : pages.following(token, request.url.pathname, now)
  if (page === undefined)
    throw new GraphRefusal(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.')
  return jsonAnswer(200, {
    '@odata.context': contextOf(context, `${type.name.replace('microsoft.graph.', '')}s`),
    ...nextLink(request.url, page.next),
    value: page.rows,
  })
}

function nextLink(url: URL, token: string | undefined): JsonObject {
  if (token === undefined) return {}
  const link = new URL(url)
  link.searchParams.set('$skiptoken', token)
  return { '@odata.nextLink': link.href }
}
