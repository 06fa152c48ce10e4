import { type Answer, jsonAnswer } from '../http.ts'

/** An error of the vendor's API: one line of text. */
export function xrayError(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, { detail }, headers)
}

export const notFound = (): Answer => xrayError(404, 'Not found.')
export const notAllowed = (method: string): Answer => xrayError(405, `Method "${method}" not allowed.`)
export const forbidden = (): Answer => xrayError(403, 'You do not have permission to perform this action.')
