/** A JSON value, as it crosses the wire and as plans, journals and backups hold it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}
