import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesLoadedBy, packagesIn } from '../../bench/startup-packages.ts'
import { root } from './sources.ts'

const program = join(root, 'dist', 'offboard.js')

describe('offboard', () => {
  it.each(['--version', '--help'])('loads no client library for %s', (option) => {
    expect(packagesIn(filesLoadedBy(program, [option]))).toEqual([])
  })
})
