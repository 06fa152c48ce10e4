import type { Json } from '../../model/json.ts'

/** Rows reduced to the properties that the address asks for with `$select`. */
export function selected(rows: readonly Json[], url: URL): readonly Json[] {
  const names = url.searchParams
    .get('$select')
    ?.split(',')
    .map((name) => name.trim().toLowerCase())
  if (names === undefined) return rows
  return rows.map((row) =>
    row === null || typeof row !== 'object' || Array.isArray(row)
      ? row
      : Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name.toLowerCase()))),
  )
}
