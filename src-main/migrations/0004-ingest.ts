/** Gateways that send values by themselves. Only the hash of a token is kept; `format` is JSON. */
export const ingestGateways = `
CREATE TABLE gateway (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  tokenHash TEXT,
  tokenMadeAt INTEGER,
  format TEXT NOT NULL,
  addedAt INTEGER NOT NULL,
  removedAt INTEGER
) STRICT;
`
