import type { Grammar, OptionWord, Place, Value } from './grammar.ts'
import { quoteFish } from './quote.ts'
import { movesOf } from './walk.ts'

/** fish expands what stands behind -a once more. */
function wordsOf(words: readonly string[]): string {
  return quoteFish(words.map((word) => (/^[\w.+-]+$/.test(word) ? word : quoteFish(word))).join(' '))
}

/** What stands behind an option, for `complete`. */
function argumentsFor(value: Value | undefined): string {
  if (value === undefined) return ''
  switch (value.is) {
    case 'word':
      return ` -x -a ${wordsOf(value.words)}`
    case 'file':
      return ' -r -F'
    case 'folder':
      return " -x -a '(__fish_complete_directories)'"
    case 'other':
      return ' -x'
  }
}

function flagsOf({ flags }: OptionWord): string {
  return flags
    .map((flag) =>
      flag.startsWith('--') ? `-l ${quoteFish(flag.slice(2))}` : `-s ${quoteFish(flag.slice(1))}`,
    )
    .join(' ')
}

function linesFor({ path, commands, options, values }: Place): readonly string[] {
  const at = `complete -c offboard -n ${quoteFish(path === '' ? '__offboard_at' : `__offboard_at ${path}`)}`
  return [
    ...commands.map(({ name, description }) => `${at} -a ${wordsOf([name])} -d ${quoteFish(description)}`),
    ...(values.length === 0 ? [] : [`${at} -a ${wordsOf(values)}`]),
    ...options.map(
      (option) => `${at} ${flagsOf(option)}${argumentsFor(option.value)} -d ${quoteFish(option.description)}`,
    ),
  ]
}

/** Needs fish 3.0. */
export function fishScript(grammar: Grammar): string {
  const moves = movesOf(grammar).map(
    ({ from, word, to }) =>
      `            case ${quoteFish(`${from}/${word}`)}\n                set place ${quoteFish(to)}`,
  )
  return `# Completion of offboard for fish. Use it with: offboard completion fish | source
function __offboard_place
    set -l place ''
    set -l typed (commandline -opc)
    set -e typed[1]
    for word in $typed
        switch "$place/$word"
${moves.join('\n')}
        end
    end
    printf '%s\\n' "$place"
end
function __offboard_at
    set -l place (__offboard_place)
    test "$place" = "$argv"
end
complete -c offboard -e
complete -c offboard -f
${grammar.places.flatMap(linesFor).join('\n')}
`
}
