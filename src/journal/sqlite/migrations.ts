/** Marks the file as ours: 'offb'. */
export const applicationId = 0x6f666662

/**
 * The schema's history: entry N takes a file from version N to N + 1 (`user_version`). An entry that was released
 * is never altered; a change is a new entry.
 */
export const migrations: readonly string[] = [
  `
  PRAGMA application_id = ${applicationId};

  CREATE TABLE run (
    id          TEXT PRIMARY KEY,
    tenant_id   TEXT NOT NULL,
    tenant_name TEXT NOT NULL,
    restores    TEXT,
    state       TEXT NOT NULL,
    outcome     TEXT,
    plan        TEXT NOT NULL,
    approval    TEXT NOT NULL,
    settings    TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL
  ) STRICT;
  CREATE INDEX run_state ON run (state);
  CREATE TRIGGER run_open_stays BEFORE DELETE ON run WHEN old.state = 'open'
    BEGIN SELECT RAISE(ABORT, 'an open run stays'); END;

  CREATE TABLE entry (
    run     TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at      TEXT NOT NULL,
    subject TEXT NOT NULL,
    event   TEXT NOT NULL,
    data    TEXT,
    PRIMARY KEY (run, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry stays as it is'); END;

  CREATE TABLE backup (
    run     TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    change  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    object  TEXT NOT NULL,
    PRIMARY KEY (run, change)
  ) STRICT;
  CREATE TRIGGER backup_stays BEFORE UPDATE ON backup
    BEGIN SELECT RAISE(ABORT, 'a backup stays as it is'); END;

  CREATE TABLE lease (
    tenant     TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    pid        INTEGER NOT NULL,
    host       TEXT NOT NULL,
    machine    TEXT NOT NULL,
    started    TEXT,
    since      TEXT NOT NULL,
    expires_ms INTEGER NOT NULL
  ) STRICT;
  `,
]
