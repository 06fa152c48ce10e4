import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isDead, thisProcess } from './holder.ts'

const onLinux = process.platform === 'linux'

test('this process lives', () => {
  expect(isDead(thisProcess())).toBe(false)
})

test('a process that has ended is dead', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
  await once(child, 'spawn')
  const holder = { ...thisProcess(), pid: child.pid ?? 0, started: null }
  expect(isDead(holder)).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isDead(holder)).toBe(true)
})

test.runIf(onLinux)('a process that has ended is dead, though its parent has not noticed', async () => {
  const parent = spawn('sh', ['-c', '(exit 0) & echo $!; exec sleep 60'])
  const [line] = await once(parent.stdout, 'data')
  const holder = { ...thisProcess(), pid: Number(line), started: null }
  await expect.poll(() => isDead(holder)).toBe(true)
  parent.kill()
})

test('a process of another machine is never known to be dead', () => {
  expect(isDead({ ...thisProcess(), machine: 'elsewhere', pid: 999_999_999 })).toBe(false)
})

test.runIf(onLinux)('a later process with the same number is another', () => {
  expect(thisProcess().started).toMatch(/^\d+$/)
  expect(isDead({ ...thisProcess(), started: '1' })).toBe(true)
})
