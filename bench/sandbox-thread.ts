/** The sandbox in a thread of its own, so that its work does not count as that of whoever is measured. */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { SandboxControl } from '../src/sandbox/control/client.ts'
import type { SandboxEndpoints } from '../src/sandbox/endpoints.ts'
import { sandboxControl, startSandbox } from '../src/sandbox/index.ts'
import type { SandboxOptions } from '../src/sandbox/start.ts'

export interface SandboxThread extends AsyncDisposable {
  readonly endpoints: SandboxEndpoints
  readonly control: SandboxControl
}

export async function startSandboxThread(options: SandboxOptions): Promise<SandboxThread> {
  const worker = new Worker(new URL(import.meta.url), { workerData: options })
  const [endpoints]: SandboxEndpoints[] = await once(worker, 'message')
  if (endpoints === undefined) throw new Error('the sandbox did not start')
  return {
    endpoints,
    control: await sandboxControl(endpoints.controlUrl),
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}

if (!isMainThread) parentPort?.postMessage((await startSandbox(workerData)).endpoints)
