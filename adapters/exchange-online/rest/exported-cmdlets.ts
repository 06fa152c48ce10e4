import * as z from 'zod'
import { ServiceError } from '../../../src/model/errors.ts'
import type { Page } from './page.ts'

const names = z.union([z.string(), z.array(z.string())])
const moduleFile = z.looseObject({ exportedCmdlets: names })

/** The cmdlets that the service would export to this caller: those that its roles allow. */
export function exportedCmdlets({ items }: Page, tried: string): ReadonlySet<string> {
  const parsed = z.array(moduleFile).min(1).safeParse(items)
  if (!parsed.success) throw new ServiceError({ tried, said: 'an answer that names no cmdlets' })
  const texts = parsed.data.flatMap(({ exportedCmdlets }) => exportedCmdlets)
  return new Set(texts.flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== ''))
}
