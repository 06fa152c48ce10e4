import { toTxtValue } from '../presentation.ts'

/** TXT values that a careless hand breaks: name, and the value in presentation form. */
export const txtValues: readonly (readonly [name: string, value: string])[] = [
  ['a string of 255 bytes', toTxtValue(['a'.repeat(255)])],
  ['several strings', toTxtValue(['k=rsa; p=', 'B'.repeat(255), 'C'.repeat(120)])],
  ['spaces at the ends of strings', toTxtValue(['v=spf1 ', ' include:example.net', ' -all'])],
  ['quotes', toTxtValue(['say "hi"', '"'])],
  ['backslashes', toTxtValue(['a\\b', '\\\\', '\\032'])],
  ['a semicolon, brackets, an at and a dollar', toTxtValue(['(a); b @ $ORIGIN'])],
  ['characters beyond ASCII', toTxtValue(['Grüße, 世界'])],
]
