import type { Grammar, Place, Value } from './grammar.ts'
import { quoteShell } from './quote.ts'
import { movesOf, valueOptions } from './walk.ts'

function listOf(words: readonly string[]): string {
  return `words=(${words.map(quoteShell).join(' ')})`
}

/** What the script does about the value of an option. */
function actionFor(value: Value): string {
  switch (value.is) {
    case 'word':
      return listOf(value.words)
    case 'file':
      return 'names=-f'
    case 'folder':
      return 'names=-d'
    case 'other':
      return 'return 0'
  }
}

function wordsAt({ path, commands, options, values }: Place): string {
  const flags = listOf(options.flatMap((option) => option.flags))
  const words = [...commands.map(({ name }) => name), ...values]
  const action = words.length === 0 ? flags : `[[ $current == -* ]] && ${flags} || ${listOf(words)}`
  return `      ${quoteShell(path)}) ${action} ;;`
}

/** Works in bash from 3.2 on, with nothing but bash. What bash splits at `=` is put together again. */
export function bashScript(grammar: Grammar): string {
  const moves = movesOf(grammar).map(
    ({ from, word, to }) => `      ${quoteShell(`${from}/${word}`)}) place=${quoteShell(to)} ;;`,
  )
  const values = valueOptions(grammar).map(
    ({ flags, value }) => `    ${flags.map(quoteShell).join('|')}) ${actionFor(value)} ;;`,
  )
  return `# Completion of offboard for bash. Use it with: source <(offboard completion bash)
_offboard() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local place='' names='' index word
  local -a words
  words=()
  COMPREPLY=()
  if [[ $current == = ]]; then
    current=''
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$place/\${COMP_WORDS[index]}" in
${moves.join('\n')}
    esac
  done
  case $previous in
${values.join('\n')}
    *) case $place in
${grammar.places.map(wordsAt).join('\n')}
    esac ;;
  esac
  if [[ -n $names ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r word; do
      COMPREPLY+=("$word")
    done < <(compgen "$names" -- "$current")
    return 0
  fi
  ((\${#words[@]})) || return 0
  for word in "\${words[@]}"; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done
  return 0
}
complete -F _offboard offboard
`
}
