import type { Grammar, Place, Value, Word } from './grammar.ts'
import { quoteShell } from './quote.ts'
import { flagWords, movesOf, plainWords, valueOptions } from './walk.ts'

/** `_describe` takes `name:description`. */
function entriesOf(words: readonly Word[]): string {
  const entries = words.map(({ name, description }) => {
    const escaped = name.replace(/[\\:]/g, '\\$&')
    return quoteShell(description === '' ? escaped : `${escaped}:${description}`)
  })
  return `entries=(${entries.join(' ')})`
}

/** What the script does about the value of an option. */
function actionFor(value: Value): string {
  switch (value.is) {
    case 'word':
      return `${entriesOf(plainWords(value.words))}; _describe value entries; return`
    case 'file':
      return '_files; return'
    case 'folder':
      return '_files -/; return'
    case 'other':
      return 'return 0'
  }
}

function wordsAt({ path, commands, options, values }: Place): string {
  const flags = `${entriesOf(flagWords(options))}; _describe -o option entries`
  const words = [...commands, ...plainWords(values)]
  const action =
    words.length === 0
      ? flags
      : `if [[ $PREFIX == -* ]]; then ${flags}; else ${entriesOf(words)}; _describe word entries; fi`
  return `    (${quoteShell(path)}) ${action} ;;`
}

/** May be sourced, or put into a folder of fpath as _offboard. */
export function zshScript(grammar: Grammar): string {
  const moves = movesOf(grammar).map(
    ({ from, word, to }) => `      (${quoteShell(`${from}/${word}`)}) place=${quoteShell(to)} ;;`,
  )
  const values = valueOptions(grammar).map(
    ({ flags, value }) => `    (${flags.map(quoteShell).join('|')}) ${actionFor(value)} ;;`,
  )
  return `#compdef offboard
# Completion of offboard for zsh. Use it with: source <(offboard completion zsh)
_offboard() {
  local place='' previous=\${words[CURRENT - 1]} word
  local -a entries
  for word in "\${(@)words[2,CURRENT - 1]}"; do
    case "$place/$word" in
${moves.join('\n')}
    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    previous=\${PREFIX%%=*}
    compset -P 1 '*='
  fi
  case $previous in
${values.join('\n')}
  esac
  case $place in
${grammar.places.map(wordsAt).join('\n')}
  esac
}
if [[ $funcstack[1] == _offboard ]]; then
  _offboard "$@"
else
  compdef _offboard offboard
fi
`
}
