import { describe, expect, it } from 'vitest'
import { requireBanner, withoutBuiltinImports } from './builtins.ts'

const file = (...lines: string[]): string => [requireBanner, ...lines].join('\n')
const taken = (names: string, from: string): string =>
  `var ${names} = globalThis.process.getBuiltinModule("${from}");`

describe('imports of Node’s own modules', () => {
  it.each([
    ['import fs from "node:fs";', taken('fs', 'node:fs')],
    ['import * as dns from "dns";', taken('dns', 'dns')],
    ['import { isIP, connect as dial } from "node:net";', taken('{ isIP, connect: dial }', 'node:net')],
    [
      'import fs, { constants as flags } from "node:fs";',
      `${taken('fs', 'node:fs').replace(';', ',')} ${taken('{ constants: flags }', 'node:fs').replace('var ', '')}`,
    ],
    ['import process$1 from "node:process";', taken('process$1', 'node:process')],
  ])('become variables behind the banner: %s', (line, variable) => {
    expect(withoutBuiltinImports(file('const a = 1;', line, 'use(a);'), 1)).toBe(
      [`${requireBanner} ${variable}`, 'const a = 1;', '', 'use(a);'].join('\n'),
    )
  })

  it('leave every line where it was', () => {
    const text = file('import {', '  a,', '  b as c', '} from "node:fs";', 'use(a);')
    expect(withoutBuiltinImports(text, 1)).toBe(
      [`${requireBanner} ${taken('{ a, b: c }', 'node:fs')}`, '', '', '', '', 'use(a);'].join('\n'),
    )
  })

  it.each([
    'import { a } from "./chunks/chunk-A.js";',
    'const text = \'import fs from "node:fs";\'',
    'import("fs");',
  ])('are all that is touched: %s', (line) => {
    expect(withoutBuiltinImports(file(line), 0)).toBe(file(line))
  })

  it('are refused when they are written in a way that is not known', () => {
    expect(() => withoutBuiltinImports(file('import fs, * as all from "node:fs";'), 1)).toThrow('counted 1')
    expect(() => withoutBuiltinImports('import fs from "node:fs";', 1)).toThrow()
  })
})
