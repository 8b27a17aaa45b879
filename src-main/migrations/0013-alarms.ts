import type { Generated } from 'kysely'

/**
 * Rules, how their conditions stand, every time that one was true, what happened to it, and devices that are worked on. All times UTC ms.
 * `content` of a rule and `standing` of a condition are JSON (src-shared/alarms/rule.ts, state.ts).
 */
export const alarms = `
CREATE TABLE alarmRule (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  library TEXT,
  content TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  changedAt INTEGER NOT NULL,
  changedBy TEXT NOT NULL,
  removedAt INTEGER
) STRICT;

CREATE TABLE alarmRuleVersion (
  rule TEXT NOT NULL REFERENCES alarmRule (id),
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (rule, version)
) STRICT;

CREATE TABLE alarmStanding (
  id TEXT PRIMARY KEY,
  standing TEXT NOT NULL,
  changedAt INTEGER NOT NULL
) STRICT;

CREATE TABLE alarmOccurrence (
  id TEXT PRIMARY KEY,
  alarm TEXT NOT NULL,
  rule TEXT NOT NULL,
  ruleName TEXT NOT NULL,
  kind TEXT NOT NULL,
  priority TEXT NOT NULL,
  device TEXT,
  deviceName TEXT NOT NULL,
  place TEXT NOT NULL,
  point TEXT,
  part TEXT NOT NULL,
  series INTEGER,
  quantity TEXT,
  value REAL,
  limitValue REAL,
  raisedAt INTEGER NOT NULL,
  clearedAt INTEGER,
  acknowledgedAt INTEGER,
  acknowledgedBy TEXT,
  comment TEXT,
  resetAt INTEGER,
  endedAt INTEGER,
  hidden TEXT,
  beneath TEXT
) STRICT;

CREATE INDEX alarmOccurrenceRaised ON alarmOccurrence (raisedAt, id);
CREATE INDEX alarmOccurrenceAlarm ON alarmOccurrence (alarm, raisedAt);
CREATE INDEX alarmOccurrenceRule ON alarmOccurrence (rule, raisedAt);
CREATE INDEX alarmOccurrenceDevice ON alarmOccurrence (device, raisedAt);
CREATE INDEX alarmOccurrenceOpen ON alarmOccurrence (endedAt) WHERE endedAt IS NULL;

CREATE TABLE alarmHappening (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alarm TEXT NOT NULL,
  occurrence TEXT,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  by TEXT,
  text TEXT NOT NULL,
  value REAL,
  priority TEXT NOT NULL
) STRICT;

CREATE INDEX alarmHappeningAlarm ON alarmHappening (alarm, at);
CREATE INDEX alarmHappeningAt ON alarmHappening (at);

CREATE TABLE alarmMaintenance (
  device TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
`

export type AlarmTables = {
  alarmRule: {
    id: string
    version: number
    library: string | null
    content: string
    createdAt: number
    changedAt: number
    changedBy: string
    removedAt: number | null
  }
  alarmRuleVersion: { rule: string; version: number; content: string; at: number; by: string; reason: string }
  alarmStanding: { id: string; standing: string; changedAt: number }
  alarmOccurrence: {
    id: string
    alarm: string
    rule: string
    ruleName: string
    kind: string
    priority: string
    device: string | null
    deviceName: string
    place: string
    point: string | null
    part: string
    series: number | null
    quantity: string | null
    value: number | null
    limitValue: number | null
    raisedAt: number
    clearedAt: number | null
    acknowledgedAt: number | null
    acknowledgedBy: string | null
    comment: string | null
    resetAt: number | null
    endedAt: number | null
    hidden: string | null
    beneath: string | null
  }
  alarmHappening: {
    id: Generated<number>
    alarm: string
    occurrence: string | null
    at: number
    what: string
    by: string | null
    text: string
    value: number | null
    priority: string
  }
  alarmMaintenance: { device: string; since: number; until: number; by: string; reason: string }
}
