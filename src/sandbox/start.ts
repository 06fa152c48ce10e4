import type { RegionId } from '../model/words.ts'
import { createSandboxControl, type SandboxControl } from './control/client.ts'
import { createControl } from './control/routes.ts'
import { createAzureDns } from './dns/azure/endpoint.ts'
import { createCloudflare } from './dns/cloudflare/endpoint.ts'
import { createCloudDns } from './dns/google/endpoint.ts'
import { createRoute53 } from './dns/route53/endpoint.ts'
import { type DnsServer, listenDns } from './dns/server.ts'
import type { SandboxEndpoints } from './endpoints.ts'
import { createExchange } from './exchange/endpoint.ts'
import { googleAccount } from './google/account.ts'
import { createGoogle } from './google/endpoint.ts'
import { createGraph } from './graph/endpoint.ts'
import { type Handler, type HttpServer, type Incoming, jsonAnswer, listenHttp, type Reply } from './http.ts'
import { createLogin } from './login/endpoint.ts'
import { buildState, upToDate } from './scenarios/build.ts'
import { listenSmtp, type SmtpServer } from './smtp/server.ts'
import type { DnsState } from './tenant/state.ts'
import { openStore, readState, type Store } from './tenant/store.ts'
import { createXray } from './xray/endpoint.ts'

export interface SandboxOptions {
  /** A name of `scenarios`; 'default' when not given. */
  readonly scenario?: string
  readonly regions?: readonly RegionId[]
  /** HTTP listens here, DNS on the next one, mail on the one after; free ports by default. */
  readonly port?: number
  /** Keeps the state; an existing file is gone on from, whatever scenario and regions say. */
  readonly stateFile?: string
  /** Added to each answer of Exchange and of the login service. */
  readonly delayMs?: number
}

/** A simulated tenant that answers on loopback. */
export interface Sandbox {
  readonly endpoints: SandboxEndpoints
  readonly control: SandboxControl
  close(): Promise<void>
}

/** A sandbox and what its keeper is told: that a request came, and that it is asked to end. */
export interface SandboxHooks {
  /** What it answers to whoever asks whether it is the one. */
  readonly key?: string
  onRequest?(): void
  onStop?(): void
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function createHandler(store: Store, delayMs: number, hooks: SandboxHooks): Handler {
  const exchange = createExchange(store)
  const graph = createGraph(store)
  const google = createGoogle(store)
  const azureDns = createAzureDns(store)
  const cloudDns = createCloudDns(store)
  const cloudflare = createCloudflare(store)
  const route53 = createRoute53(store)
  const xray = createXray(store)
  const login = createLogin(store)
  const control = createControl(store, hooks)
  const service = (request: Incoming): Reply | undefined => {
    const { pathname } = request.url
    const [, tenant, rest] =
      /^\/adminapi\/(?:beta|v1\.0)\/([^/]+)\/(InvokeCommand|EXOModuleFile)$/.exec(pathname) ?? []
    if (rest === 'InvokeCommand' && request.method === 'POST')
      return exchange.invoke(request, decodeURIComponent(tenant ?? ''))
    if (rest === 'EXOModuleFile' && request.method === 'GET')
      return exchange.moduleFile(request, decodeURIComponent(tenant ?? ''))
    return (
      graph(request) ??
      google(request) ??
      azureDns(request) ??
      cloudDns(request) ??
      cloudflare(request) ??
      route53(request) ??
      xray(request) ??
      login(request)
    )
  }
  return async (request) => {
    hooks.onRequest?.()
    const controlled = control(request)
    if (controlled !== undefined) return controlled
    const reply = service(request)
    if (reply === undefined)
      return jsonAnswer(404, {
        error: { code: 'NotFound', message: `The sandbox has nothing at ${request.url.pathname}.` },
      })
    if (delayMs > 0) await pause(delayMs)
    return reply
  }
}

interface Servers {
  readonly http: HttpServer
  readonly dns: DnsServer
  readonly smtp: SmtpServer
}

/** DNS listens on the port after that of HTTP, mail on the one after; on any, where that is taken and no port was asked for. */
async function listen(handler: Handler, store: Store, port: number): Promise<Servers> {
  const http = await listenHttp(handler, port)
  const dnsState = (): DnsState => store.state.dns
  const near = async <Listening>(
    start: (state: () => DnsState, at: number) => Promise<Listening>,
    at: number,
  ): Promise<Listening> =>
    start(dnsState, at).catch((error: unknown) => {
      if (port !== 0) throw error
      return start(dnsState, 0)
    })
  const open: { close(): Promise<void> }[] = [http]
  try {
    const dns = await near(listenDns, http.port + 1)
    open.push(dns)
    return { http, dns, smtp: await near(listenSmtp, http.port + 2) }
  } catch (error) {
    await Promise.all(open.map((server) => server.close()))
    throw error
  }
}

/** Starts a sandbox in this process. Throws a UsageError for an unknown scenario or a state file that is not ours. */
export async function startSandbox(options: SandboxOptions = {}, hooks: SandboxHooks = {}): Promise<Sandbox> {
  const { scenario = 'default', regions = ['us'], port = 0, stateFile, delayMs = 0 } = options
  const kept = stateFile === undefined ? undefined : readState(stateFile)
  const store = openStore(kept === undefined ? buildState(scenario, regions) : upToDate(kept), stateFile)
  const { http, dns, smtp } = await listen(createHandler(store, delayMs, hooks), store, port)
  const root = `http://127.0.0.1:${http.port}`
  const endpoints: SandboxEndpoints = {
    exchangeUrl: root,
    graphUrl: root,
    xrayUrl: root,
    googleUrl: root,
    loginUrl: root,
    dnsApiUrl: root,
    dns: `127.0.0.1:${dns.port}`,
    smtp: `127.0.0.1:${smtp.port}`,
    controlUrl: `${root}/_control`,
    tenantId: store.state.tenant.id,
    tenant: store.state.tenant.domain,
    googleTenant: googleAccount.domain,
  }
  return {
    endpoints,
    control: createSandboxControl(endpoints.controlUrl),
    async close() {
      store.flush()
      await Promise.all([http.close(), dns.close(), smtp.close()])
      store.flush()
    },
  }
}
