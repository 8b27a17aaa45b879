/** Meter points and what happened to the meters in them. `serial` is that of the meter in it now; times are UTC milliseconds. */
export const meters = `
CREATE TABLE meter (
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL REFERENCES device (id),
  part TEXT NOT NULL,
  serial TEXT,
  maker TEXT,
  medium TEXT,
  version INTEGER,
  firstSeen INTEGER NOT NULL,
  power TEXT CHECK (power IN ('mains', 'battery')),
  restMs INTEGER NOT NULL DEFAULT 0,
  lastRead INTEGER,
  reads INTEGER NOT NULL DEFAULT 0,
  readsYear INTEGER NOT NULL DEFAULT 0,
  otherSerial TEXT,
  otherSince INTEGER,
  UNIQUE (device, part)
) STRICT;

CREATE TABLE meterReplacement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meter TEXT NOT NULL REFERENCES meter (id),
  at INTEGER NOT NULL,
  oldSerial TEXT,
  newSerial TEXT,
  finalEnergy REAL,
  firstEnergy REAL,
  finalVolume REAL,
  firstVolume REAL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  notedAt INTEGER NOT NULL
) STRICT;

CREATE TABLE meterEvent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meter TEXT NOT NULL REFERENCES meter (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX meterEventOf ON meterEvent (meter, id);
CREATE INDEX meterReplacementOf ON meterReplacement (meter, at);
`
