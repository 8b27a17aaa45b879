/**
 * What stands against the controllers' own control: points that are not on automatic and since when, values lent for a time, and
 * how often each point was written, since the memory of a controller bears only so many writes. Times are UTC milliseconds.
 */
export const overrides = `
CREATE TABLE standing (
  series INTEGER PRIMARY KEY REFERENCES series (id),
  value REAL NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE lease (
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  point TEXT NOT NULL,
  value REAL NOT NULL,
  fallback REAL NOT NULL,
  before REAL,
  lifetimeMs INTEGER NOT NULL,
  owner TEXT NOT NULL,
  actor TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('starting', 'active', 'returning', 'ended')),
  reason TEXT,
  outcome TEXT,
  found REAL,
  attempts INTEGER NOT NULL,
  createdAt INTEGER NOT NULL,
  expiresAt INTEGER NOT NULL,
  endedAt INTEGER
) STRICT;

CREATE INDEX leaseState ON lease (state, createdAt);

CREATE TABLE written (
  device TEXT NOT NULL,
  point TEXT NOT NULL,
  day TEXT NOT NULL,
  today INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (device, point)
) STRICT;
`
