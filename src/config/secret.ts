import { inspect } from 'node:util'

const shown = '[secret]'

/** A value that nothing prints: text, JSON and inspection of it say `[secret]`. Only `reveal` gives it. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

/** Wraps a secret. The value lives in the closure, so no property and no copy of the object holds it. */
export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => shown,
    toJSON: () => shown,
    [inspect.custom]: () => shown,
  })
}
