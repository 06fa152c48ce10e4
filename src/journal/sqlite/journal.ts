import { NotFoundError } from '../../model/errors.ts'
import type { Backup, Journal, Lease, NewEntry, NewRun, RunFilter, RunRecord } from '../../model/journal.ts'
import type { JournalOptions } from '../open.ts'
import { newRunId } from '../run-id.ts'
import { type Place, readBackup, readEntry, readRun } from '../stored.ts'
import { prepareFile } from './file.ts'
import { takeLease } from './lease.ts'
import { openStore, type Session } from './store.ts'

/** The journal in one SQLite file, for one machine. */
export async function openSqliteJournal({ folder, clock }: JournalOptions): Promise<Journal> {
  const store = await openStore(await prepareFile(folder))
  const leases = new Set<Lease>()
  const now = () => clock.now().toISOString()
  const placeOf = (run: unknown): Place => ({ journal: store.path, run: String(run) })

  return {
    begin: (run) => store.write((session) => insertRun(session, run, clock.now())),

    run: async (id) => {
      const rows = await store.read((session) => session.all('SELECT * FROM run WHERE id = $id', { id }))
      return rows.map((row) => readRun(row, placeOf(id)))[0]
    },

    runs: async (filter = {}) => {
      const rows = await store.read((session) => selectRuns(session, filter))
      return rows.map((row) => readRun(row, placeOf(row.id)))
    },

    append: (run, entries, backups = []) =>
      store.write((session) => {
        const at = now()
        touch(session, run, at)
        for (const entry of entries) insertEntry(session, run, entry, at)
        for (const backup of backups) insertBackup(session, run, backup)
      }),

    entries: async (run) => {
      const rows = await store.read((session) =>
        session.all('SELECT * FROM entry WHERE run = $run ORDER BY seq', { run }),
      )
      return rows.map((row) => readEntry(row, placeOf(run)))
    },

    backups: async (run) => {
      const rows = await store.read((session) =>
        session.all('SELECT * FROM backup WHERE run = $run ORDER BY seq', { run }),
      )
      return rows.map((row) => readBackup(row, placeOf(run)))
    },

    mark: (run, state, outcome) =>
      store.write((session) => {
        touch(session, run, now())
        session.run('UPDATE run SET state = $state, outcome = $outcome WHERE id = $run', {
          run,
          state,
          outcome,
        })
      }),

    lease: async (tenant) => {
      const lease = await takeLease(store, tenant)
      leases.add(lease)
      return lease
    },

    prune: (before) => store.write((session) => pruneRuns(session, before)),

    close: async () => {
      try {
        for (const lease of leases) await lease.release()
      } finally {
        leases.clear()
        store.close()
      }
    },
  }
}

function insertRun(session: Session, { plan, approval, settings }: NewRun, now: Date): RunRecord {
  const at = now.toISOString()
  const id = freeId(session, now)
  session.run(
    `INSERT INTO run (id, tenant_id, tenant_name, restores, state, outcome, plan, approval, settings, started_at, updated_at)
     VALUES ($id, $tenantId, $tenantName, $restores, 'open', NULL, $plan, $approval, $settings, $at, $at)`,
    {
      id,
      tenantId: plan.tenant.guid.toLowerCase(),
      tenantName: plan.tenant.name.toLowerCase(),
      restores: plan.restores ?? null,
      plan: JSON.stringify(plan),
      approval: JSON.stringify(approval),
      settings: JSON.stringify(settings),
      at,
    },
  )
  return { id, state: 'open', outcome: null, plan, approval, settings, startedAt: at, updatedAt: at }
}

function freeId(session: Session, now: Date): string {
  for (;;) {
    const id = newRunId(now)
    if (session.all('SELECT 1 FROM run WHERE id = $id', { id }).length === 0) return id
  }
}

function selectRuns(session: Session, { tenant, state }: RunFilter) {
  return session.all(
    `SELECT * FROM run
     WHERE ($tenant IS NULL OR $tenant IN (tenant_id, tenant_name)) AND ($state IS NULL OR state = $state)
     ORDER BY started_at, rowid`,
    { tenant: tenant?.toLowerCase() ?? null, state: state ?? null },
  )
}

/** Throws a NotFoundError when there is no such run. */
function touch(session: Session, run: string, at: string): void {
  const touched = session.run('UPDATE run SET updated_at = $at WHERE id = $run', { run, at })
  if (touched === 0)
    throw new NotFoundError({ tried: `write to the run ${run}`, said: 'the journal has no such run' })
}

function insertEntry(session: Session, run: string, { subject, event, data }: NewEntry, at: string): void {
  session.run(
    `INSERT INTO entry (run, seq, at, subject, event, data)
     VALUES ($run, (SELECT coalesce(max(seq), 0) + 1 FROM entry WHERE run = $run), $at, $subject, $event, $data)`,
    { run, at, subject, event, data: data === undefined ? null : JSON.stringify(data) },
  )
}

function insertBackup(session: Session, run: string, { change, kind, object }: Backup): void {
  session.run(
    `INSERT INTO backup (run, seq, change, kind, object)
     VALUES ($run, (SELECT coalesce(max(seq), 0) + 1 FROM backup WHERE run = $run), $change, $kind, $object)
     ON CONFLICT DO NOTHING`,
    { run, change, kind, object: JSON.stringify(object) },
  )
}

/** A run that an open restore puts back is needed yet. */
function pruneRuns(session: Session, before: Date): readonly string[] {
  const rows = session.all(
    `DELETE FROM run
     WHERE state <> 'open' AND updated_at < $before
       AND id NOT IN (SELECT restores FROM run WHERE state = 'open' AND restores IS NOT NULL)
     RETURNING id`,
    { before: before.toISOString() },
  )
  return rows.map((row) => String(row.id)).sort()
}
