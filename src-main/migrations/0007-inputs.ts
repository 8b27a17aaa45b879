/** Inputs of a controller that a person gave a meaning: each is a point of its own. A removed one keeps its series and its history. */
export const inputs = `
CREATE TABLE input (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL REFERENCES device (id),
  input TEXT NOT NULL,
  point TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('pt1000', 'voltage', 'digital')),
  quantity TEXT NOT NULL,
  scale REAL NOT NULL,
  offset REAL NOT NULL,
  madeAt INTEGER NOT NULL,
  removedAt INTEGER,
  UNIQUE (device, point)
) STRICT;

CREATE UNIQUE INDEX inputTaken ON input (device, input) WHERE removedAt IS NULL;
`
