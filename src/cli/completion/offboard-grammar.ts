import { platforms } from '../../platforms/index.ts'
import { acts } from '../../sandbox/acts.ts'
import { faultKinds } from '../../sandbox/faults.ts'
import { scenarios } from '../../sandbox/scenarios/index.ts'
import { mailServices } from '../mx-forms.ts'
import { optionSpecs } from '../options.ts'
import { type CommandSpec, type Grammar, toGrammar } from './grammar.ts'
import { shells } from './shells.ts'

/** The ids of guided steps, which `confirm` closes. */
async function guidedSteps(): Promise<readonly string[]> {
  const loaded = await Promise.all(Object.values(platforms).map((load) => load()))
  const guided = loaded.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'guided'))
  return [...new Set(guided.map(({ id }) => id))]
}

/** The program's whole grammar, with the words that its own lists know. */
export async function offboardGrammar(commands: readonly CommandSpec[]): Promise<Grammar> {
  return toGrammar({
    commands,
    options: optionSpecs,
    argumentValues: {
      'completion shell': Object.keys(shells),
      'confirm step': await guidedSteps(),
      'sandbox act name': Object.keys(acts),
      'sandbox fail kind': Object.keys(faultKinds),
    },
    optionValues: { scenario: Object.keys(scenarios), previousMx: mailServices },
  })
}
