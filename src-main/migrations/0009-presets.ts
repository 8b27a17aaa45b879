/** Selections that people keep under a name. A name is there once for each person and screen, and once among the shared ones. */
export const presets = `
CREATE TABLE preset (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  content TEXT NOT NULL,
  changedAt INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX presetOwn ON preset (kind, owner, name COLLATE NOCASE) WHERE shared = 0;
CREATE UNIQUE INDEX presetShared ON preset (kind, name COLLATE NOCASE) WHERE shared = 1;
`
