import type { Grammar, Place, Value, Word } from './grammar.ts'
import { quotePowershell } from './quote.ts'
import { flagWords, movesOf, plainWords, valueOptions } from './walk.ts'

/** A tool tip may not be empty. */
function entriesOf(words: readonly Word[]): string {
  const entries = words.map(
    ({ name, description }) => `${quotePowershell(name)} = ${quotePowershell(description || name)}`,
  )
  return `$entries = [ordered]@{ ${entries.join('; ')} }`
}

const files = '[System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)'

/** What the script does about the value of an option. */
function actionFor(value: Value): string {
  switch (value.is) {
    case 'word':
      return entriesOf(plainWords(value.words))
    case 'file':
      return `return ${files}`
    case 'folder':
      return `return @(${files}).Where({ $_.ResultType -eq 'ProviderContainer' })`
    case 'other':
      return 'return'
  }
}

function wordsAt({ path, commands, options, values }: Place): string {
  const flags = entriesOf(flagWords(options))
  const words = [...commands, ...plainWords(values)]
  const action =
    words.length === 0
      ? flags
      : `if ($wordToComplete.StartsWith('-')) { ${flags} } else { ${entriesOf(words)} }`
  return `            ${quotePowershell(path)} { ${action} }`
}

export function powershellScript(grammar: Grammar): string {
  const moves = movesOf(grammar).map(
    ({ from, word, to }) =>
      `            ${quotePowershell(`${from}/${word}`)} { $place = ${quotePowershell(to)} }`,
  )
  const values = valueOptions(grammar).flatMap(({ flags, value }) =>
    flags.map((flag) => `        ${quotePowershell(flag)} { ${actionFor(value)} }`),
  )
  return `# Completion of offboard for PowerShell.
# Use it with: offboard completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'offboard' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements.Where({ $_.Extent.EndOffset -lt $cursorPosition }).ForEach({ $_.Extent.Text }))
    $place = ''
    for ($index = 1; $index -lt $typed.Count; $index++) {
        switch -CaseSensitive ("$place/$($typed[$index])") {
${moves.join('\n')}
        }
    }
    $entries = $null
    switch -CaseSensitive ($typed[-1]) {
${values.join('\n')}
    }
    if ($null -eq $entries) {
        switch -CaseSensitive ($place) {
${grammar.places.map(wordsAt).join('\n')}
        }
    }
    foreach ($entry in $entries.GetEnumerator()) {
        if (-not $entry.Key.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) { continue }
        $kind = if ($entry.Key.StartsWith('-')) { 'ParameterName' } else { 'ParameterValue' }
        [System.Management.Automation.CompletionResult]::new($entry.Key, $entry.Key, $kind, $entry.Value)
    }
}
`
}
