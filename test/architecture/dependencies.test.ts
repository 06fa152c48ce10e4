import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { lockFile, missingPackages, platformEntry } from '../../scripts/lock.ts'
import { root } from './sources.ts'

const manifest = z
  .looseObject({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')

function inexact(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`)
}

function downloadAddresses(lock: string): string[] {
  return lock.split('\n').filter((line) => /"resolved":|"version": "[^"]*:\/\//.test(line))
}

describe('package.json', () => {
  it('names every version exactly', () => {
    expect(inexact({ ...manifest.dependencies, ...manifest.devDependencies })).toEqual([])
  })

  it.each(['^1.0.0', '~1.0.0', '1.x', '1.0', 'latest', '>=1.0.0', 'https://example.com/a.tgz'])(
    'would be refused with the version %s',
    (version) => {
      expect(inexact({ a: version, b: '1.0.0', c: '1.0.0-beta.1' })).toEqual([`a@${version}`])
    },
  )
})

describe('package-lock.json', () => {
  it('holds no download addresses', () => {
    expect(downloadAddresses(lockText)).toEqual([])
  })

  it('would be refused with one', () => {
    expect(
      downloadAddresses('{\n"resolved": "https://example.com/a.tgz",\n"version": "1.0.0"\n}'),
    ).toHaveLength(1)
  })

  it('has the packages of every platform, or npm ci refuses it (npm run lock adds them)', () => {
    expect(missingPackages(lockFile.parse(JSON.parse(lockText)).packages)).toEqual({})
  })

  it('would be refused without one of them', () => {
    const packages = {
      'node_modules/a': {
        dev: true,
        optionalDependencies: { '@a/linux-x64-musl': '1.0.0', '@a/linux-x64': '1.0.0' },
      },
      'node_modules/@a/linux-x64': {},
    }
    expect(missingPackages(packages)).toEqual({
      'node_modules/@a/linux-x64-musl': {
        version: '1.0.0',
        dev: true,
        optional: true,
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
      },
    })
  })

  it.each([
    ['@a/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@a/cli-win32-arm64', { os: ['win32'], cpu: ['arm64'] }],
    ['@a/win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
  ])('tells the platform of %s', (name, platform) => {
    expect(platformEntry(name, '1.0.0', false)).toEqual({ version: '1.0.0', optional: true, ...platform })
  })

  it('does not guess a platform', () => {
    expect(() => platformEntry('fsevents', '2.3.3', true)).toThrow('fsevents')
  })
})
