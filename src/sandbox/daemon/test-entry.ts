import { serveSandbox } from './serve.ts'

/** The background process of the tests: serves the folder that its argument names. */
await serveSandbox(process.argv[2] ?? '')
