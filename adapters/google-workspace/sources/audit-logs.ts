const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * How far behind the audit logs are, and how long they keep: https://support.google.com/a/answer/7061566. Minutes or
 * hours are usual; days were seen.
 */
export const auditLogs = [
  { application: 'admin', usualLagMs: 30 * minute, longestLagMs: 3 * day, keptMs: 180 * day },
  { application: 'token', usualLagMs: 3 * hour, longestLagMs: 3 * day, keptMs: 180 * day },
  { application: 'access_evaluation', usualLagMs: 3 * hour, longestLagMs: 3 * day, keptMs: 180 * day },
]
