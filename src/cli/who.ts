import { userInfo } from 'node:os'

/** The account that runs the program, for the journal. A container may have an account without a name. */
export function whoAmI(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
