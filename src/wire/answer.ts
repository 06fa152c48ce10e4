/** An answer over HTTP, read whole. The access token does not stand in it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}
