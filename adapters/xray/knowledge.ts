/** What the vendor's API told, or why nothing is known. It is not documented in public: doubt is no failure. */
export type Known<T> =
  | { readonly is: 'known'; readonly value: T }
  | { readonly is: 'unknown'; readonly reason: string }

export function known<T>(value: T): Known<T> {
  return { is: 'known', value }
}

export function unknown(reason: string): Known<never> {
  return { is: 'unknown', reason }
}
