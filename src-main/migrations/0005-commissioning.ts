/** Labels, profiles chosen by a person, and commissioning that is not finished: one scan with its hits, one draft for each person. */
export const commissioning = `
ALTER TABLE device ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE device ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0;

CREATE TABLE scan (
  id TEXT PRIMARY KEY,
  startedAt INTEGER NOT NULL,
  endedAt INTEGER,
  actor TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'interrupted')),
  input TEXT NOT NULL,
  asked INTEGER NOT NULL,
  total INTEGER NOT NULL
) STRICT;

CREATE TABLE scanHit (
  scan TEXT NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  hit TEXT NOT NULL,
  PRIMARY KEY (scan, position)
) STRICT;

CREATE TABLE commissioningDraft (
  actor TEXT PRIMARY KEY,
  changedAt INTEGER NOT NULL,
  draft TEXT NOT NULL
) STRICT;
`
