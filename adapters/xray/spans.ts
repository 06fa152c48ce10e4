const minute = 60_000

/**
 * A scan not older than this says that mail is still scanned. Short, as who has just switched it off in the console
 * must not be told for long that it is on.
 */
export const freshMs = 5 * minute

/** Silence for so long says that it is not, if mail was scanned regularly before. */
export const quietMs = 60 * minute

/** How far back "before" goes: a day, and the silence. */
export const restMs = 25 * 60 * minute

/** So many scans in that time: two in each hour, so that a silent one is no chance. */
export const enoughBefore = 50
