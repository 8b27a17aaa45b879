/**
 * Exercises, their faults, what trainees reported. Times named `…At` with `made`, `started`, `ended`, `joined`, `withdrawn` are of the
 * machine, `fromAt`, `toAt`, `at`, `townAt` of the town (all UTC ms); `elapsed`, `after`, `lasts`, `limitMs` are ms of the exercise.
 */
export const practice = `
CREATE TABLE practiceRun (
  id TEXT PRIMARY KEY,
  exercise TEXT NOT NULL,
  alone INTEGER NOT NULL CHECK (alone IN (0, 1)),
  instructor TEXT NOT NULL,
  seed INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'ended', 'cancelled')),
  startedAt INTEGER NOT NULL,
  endedAt INTEGER,
  fromAt INTEGER NOT NULL,
  toAt INTEGER,
  townAt INTEGER NOT NULL,
  elapsed INTEGER NOT NULL,
  limitMs INTEGER NOT NULL,
  speed REAL NOT NULL,
  speedBefore REAL NOT NULL
) STRICT;

CREATE UNIQUE INDEX practiceOne ON practiceRun (state) WHERE state = 'running';

CREATE TABLE practiceFault (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES practiceRun (id),
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  params TEXT NOT NULL,
  stations TEXT NOT NULL,
  after INTEGER NOT NULL,
  lasts INTEGER,
  state TEXT NOT NULL CHECK (state IN ('planned', 'striking', 'struck', 'healed')),
  fault TEXT,
  fromAt INTEGER,
  toAt INTEGER
) STRICT;

CREATE INDEX practiceFaultRun ON practiceFault (run);

CREATE TABLE practiceTrainee (
  run TEXT NOT NULL REFERENCES practiceRun (id),
  name TEXT NOT NULL,
  joinedAt INTEGER NOT NULL,
  points INTEGER,
  PRIMARY KEY (run, name)
) STRICT;

CREATE TABLE practiceFinding (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES practiceRun (id),
  trainee TEXT NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  note TEXT NOT NULL,
  after INTEGER NOT NULL,
  at INTEGER NOT NULL,
  madeAt INTEGER NOT NULL,
  withdrawnAt INTEGER
) STRICT;

CREATE INDEX practiceFindingRun ON practiceFinding (run);
`

type Bit = 0 | 1
export type PracticeTables = {
  practiceRun: {
    id: string
    exercise: string
    alone: Bit
    instructor: string
    seed: number
    state: 'running' | 'ended' | 'cancelled'
    startedAt: number
    endedAt: number | null
    fromAt: number
    toAt: number | null
    townAt: number
    elapsed: number
    limitMs: number
    speed: number
    speedBefore: number
  }
  practiceFault: {
    id: string
    run: string
    own: Bit
    kind: string
    target: string
    params: string
    stations: string
    after: number
    lasts: number | null
    state: 'planned' | 'striking' | 'struck' | 'healed'
    fault: string | null
    fromAt: number | null
    toAt: number | null
  }
  practiceTrainee: { run: string; name: string; joinedAt: number; points: number | null }
  practiceFinding: {
    id: string
    run: string
    trainee: string
    kind: string
    target: string
    note: string
    after: number
    at: number
    madeAt: number
    withdrawnAt: number | null
  }
}
