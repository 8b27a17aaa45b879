/** Devices, the numbers of their points in history, sign-ins and the activity log. Times are UTC milliseconds. */
export const start = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  profile TEXT NOT NULL,
  recognised INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  identity TEXT NOT NULL,
  unserved TEXT NOT NULL DEFAULT '[]',
  addedAt INTEGER NOT NULL,
  removedAt INTEGER
) STRICT;

CREATE UNIQUE INDEX deviceAddress ON device (host, port, unit) WHERE removedAt IS NULL;

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL REFERENCES device (id),
  point TEXT NOT NULL,
  UNIQUE (device, point)
) STRICT;

CREATE TABLE credential (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'session', 'token')),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  usedAt INTEGER,
  expiresAt INTEGER
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  via TEXT NOT NULL,
  operation TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT,
  input TEXT NOT NULL,
  result TEXT,
  closedAt INTEGER
) STRICT;
`
