import { OffboardError, TenantError } from '../../../../src/model/errors.ts'

/** A name as it is compared: lower case, without the dot of the root. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/** Values in their one spelling, each with the record that the service has for it. */
export type OwnRecords<Own> = ReadonlyMap<string, Own>

/** Spells the records of a set. Throws a TenantError when one cannot be read. */
export function ownRecords<Own>(
  records: readonly Own[],
  spell: (record: Own) => string,
  tried: string,
): OwnRecords<Own> {
  try {
    return new Map(records.map((record) => [spell(record), record]))
  } catch (error) {
    if (!(error instanceof OffboardError)) throw error
    throw new TenantError({
      tried,
      said: `the set holds a record that is not understood: ${error.message}`,
      hint: 'Correct or remove that record, then try again.',
      cause: error,
    })
  }
}
