import type { Grammar, OptionWord, Value, Word } from './grammar.ts'

/** How the place changes with a word: from where, by what, to where. */
export interface Move {
  readonly from: string
  readonly word: string
  readonly to: string
}

export function movesOf({ places }: Grammar): readonly Move[] {
  return places
    .filter(({ path }) => path !== '')
    .map(({ path }) => {
      const words = path.split(' ')
      return { from: words.slice(0, -1).join(' '), word: words.at(-1) ?? path, to: path }
    })
}

/** Every option that takes a value, once: an option means the same wherever it stands. */
export function valueOptions({ places }: Grammar): readonly (OptionWord & { readonly value: Value })[] {
  const all = places
    .flatMap(({ options }) => options)
    .flatMap((option) => (option.value === undefined ? [] : [{ ...option, value: option.value }]))
  return [...new Map(all.map((option) => [option.flags[0], option])).values()]
}

/** Words that need no explanation. */
export function plainWords(names: readonly string[]): readonly Word[] {
  return names.map((name) => ({ name, description: '' }))
}

/** Every spelling of the options, each explained. */
export function flagWords(options: readonly OptionWord[]): readonly Word[] {
  return options.flatMap(({ flags, description }) => flags.map((name) => ({ name, description })))
}
