/** What checks of meters found, and what the plates of meters say. Times are UTC milliseconds; `key` tells the same finding again. */
export const findings = `
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('warning', 'alarm')),
  device TEXT,
  devices TEXT NOT NULL,
  meter TEXT,
  series INTEGER,
  fromAt INTEGER NOT NULL,
  toAt INTEGER NOT NULL,
  figures TEXT NOT NULL,
  method INTEGER NOT NULL,
  openSince INTEGER NOT NULL,
  lastSeen INTEGER NOT NULL,
  closedAt INTEGER,
  acknowledgedAt INTEGER,
  acknowledgedBy TEXT,
  note TEXT
) STRICT;

CREATE INDEX findingOpen ON finding (closedAt, openSince);
CREATE UNIQUE INDEX findingKey ON finding (key) WHERE closedAt IS NULL;

CREATE TABLE meterPlate (
  meter TEXT PRIMARY KEY REFERENCES meter (id),
  designPower REAL,
  permanentFlow REAL,
  smallestFlow REAL,
  side TEXT CHECK (side IN ('flow', 'return')),
  verifiedUntil TEXT
) STRICT;
`
