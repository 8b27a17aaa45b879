import type { Generated } from 'kysely'

/** Points that are calculated. In `text` every point stands by its series number; a removed formula keeps its series and its history. */
export const virtual = `
CREATE TABLE formula (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL REFERENCES device (id),
  point TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity TEXT NOT NULL,
  text TEXT NOT NULL,
  trusting INTEGER NOT NULL CHECK (trusting IN (0, 1)),
  share REAL NOT NULL,
  madeAt INTEGER NOT NULL,
  changedAt INTEGER NOT NULL,
  removedAt INTEGER,
  UNIQUE (device, point)
) STRICT;

CREATE TABLE formulaJob (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  formula INTEGER NOT NULL REFERENCES formula (id),
  fromAt INTEGER NOT NULL,
  toAt INTEGER NOT NULL,
  doneTo INTEGER NOT NULL,
  replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
  made INTEGER NOT NULL DEFAULT 0,
  absent INTEGER NOT NULL DEFAULT 0,
  askedAt INTEGER NOT NULL,
  endedAt INTEGER
) STRICT;
`

type Bit = 0 | 1
export type VirtualTables = {
  formula: {
    id: Generated<number>
    device: string
    point: string
    name: string
    quantity: string
    text: string
    trusting: Bit
    share: number
    madeAt: number
    changedAt: number
    removedAt: number | null
  }
  formulaJob: {
    id: Generated<number>
    formula: number
    fromAt: number
    toAt: number
    doneTo: number
    replaces: Bit
    state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
    made: Generated<number>
    absent: Generated<number>
    askedAt: number
    endedAt: number | null
  }
}
