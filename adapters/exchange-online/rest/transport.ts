import { randomUUID } from 'node:crypto'
import type { Attempt, Effect } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { ServiceError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { type Cmdlet, isReadCmdlet } from '../cmdlets.ts'
import type { Http, HttpRequest } from '../http.ts'
import { textOf } from '../json.ts'
import { tenantOfToken } from '../token-claims.ts'
import type { CmdletResult, Transport } from '../transport.ts'
import { authorised } from './authorised.ts'
import { encodeCommand } from './encode.ts'
import { exportedCmdlets } from './exported-cmdlets.ts'
import { type Page, readPage } from './page.ts'

export interface RestOptions {
  /** Root of the service, 'https://outlook.office365.com'. */
  readonly baseUrl: URL
  /** The tenant's GUID. */
  readonly tenantId: string
  readonly tokens: TokenSource
  readonly http: Http
  readonly attempt: Attempt
  readonly userAgent: string
}

/** The organisation's own system mailbox. Anchored elsewhere, the service cannot remove connectors. */
const systemMailbox = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}'

function commonHeaders({ tenantId, userAgent }: RestOptions, connectionId: string) {
  return {
    accept: 'application/json',
    // Warnings are told apart by their text.
    'accept-language': 'en-US',
    'user-agent': userAgent,
    'x-anchormailbox': `APP:${systemMailbox}@${tenantId}`,
    'connection-id': connectionId,
  }
}

function commandHeaders(cmdlet: Cmdlet) {
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-cmdletname': cmdlet,
    'x-responseformat': 'json',
    'x-serializationlevel': 'Partial',
    prefer: 'odata.maxpagesize=1000',
  }
}

function phrase(cmdlet: Cmdlet, parameters: JsonObject): string {
  const subject = textOf(parameters, 'Identity') ?? textOf(parameters, 'Name')
  return subject === undefined ? `run ${cmdlet}` : `run ${cmdlet} on "${subject}"`
}

/** The address of the next page. The token goes to no other origin, and no page is read twice. */
function nextUrl(link: string, root: URL, visited: ReadonlySet<string>, tried: string): URL {
  const url = URL.parse(link, root.href)
  if (url?.origin !== root.origin)
    throw new ServiceError({ tried, said: 'the link to the next page leads to another server' })
  if (visited.has(url.href))
    throw new ServiceError({ tried, said: 'the links between the pages go in a circle' })
  return url
}

/**
 * Cmdlets over `InvokeCommand`, which Microsoft does not document. A page of a read is one request under the
 * retry policy; a write is one request and has no pages.
 */
export function restTransport(options: RestOptions): Transport {
  const { tenantId, attempt, tokens } = options
  const root = new URL(`${options.baseUrl.href.replace(/\/+$/, '')}/adminapi/`)
  const commandUrl = new URL(`beta/${tenantId}/InvokeCommand`, root)
  const http = authorised(options.http, tokens)
  const headers = commonHeaders(options, randomUUID())

  function send(effect: Effect, request: HttpRequest): Promise<Page> {
    return attempt(effect, async () => {
      const requestId = randomUUID()
      const named = { ...headers, ...request.headers, 'client-request-id': requestId }
      return readPage(await http({ ...request, headers: named }), { tried: request.tried, effect, requestId })
    })
  }

  async function readAllPages(request: HttpRequest): Promise<CmdletResult> {
    const visited = new Set<string>()
    const items: JsonObject[] = []
    const warnings = new Set<string>()
    let url: URL | undefined = request.url
    while (url !== undefined) {
      visited.add(url.href)
      const page: Page = await send('read', { ...request, url })
      items.push(...page.items)
      for (const warning of page.warnings) warnings.add(warning)
      url = page.nextLink === undefined ? undefined : nextUrl(page.nextLink, root, visited, request.tried)
    }
    return { items, warnings: [...warnings] }
  }

  return {
    async invoke(cmdlet, parameters) {
      const request: HttpRequest = {
        url: commandUrl,
        method: 'POST',
        headers: commandHeaders(cmdlet),
        body: encodeCommand(cmdlet, parameters),
        tried: phrase(cmdlet, parameters),
      }
      return isReadCmdlet(cmdlet) ? readAllPages(request) : send('write', request)
    },

    async claims() {
      const { value } = await attempt('read', () => tokens.token())
      const tid = tenantOfToken(value)
      return tid === undefined ? [] : [{ by: 'the access token', tenantId: tid }]
    },

    async allowedCmdlets() {
      const tried = 'read which cmdlets the caller may run'
      const url = new URL(`v1.0/${tenantId}/EXOModuleFile?Version=3.9.2`, root)
      return exportedCmdlets(
        await send('read', { url, method: 'GET', headers: { commandname: '*' }, tried }),
        tried,
      )
    },

    async close() {},
  }
}
