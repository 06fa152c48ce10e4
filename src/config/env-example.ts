import { mayStandInDotenv } from './environment.ts'
import { variables } from './variables.ts'

const head = `# Settings of offboard. Copy this file to .env in the folder in which offboard runs, and fill in what is needed.
# The real environment wins over the file; an empty value counts as not set. Keep the copy out of version control.
#
# Lines marked "environment only" decide who gets the credentials. They are set in the real environment; in a .env
# file they are an error.
`

/** The text of `.env.example`, made from the table of variables. */
export function envExample(): string {
  const groups = Map.groupBy(variables, ([, { group }]) => group)
  const sections = [...groups].map(([group, members]) => {
    const lines = members.map(([name, variable]) => {
      const setting = mayStandInDotenv(variable) ? `${name}=` : `# environment only: ${name}=`
      return `# ${variable.meaning}\n${setting}\n`
    })
    return `## ${group}\n\n${lines.join('\n')}`
  })
  return [head, ...sections].join('\n')
}
