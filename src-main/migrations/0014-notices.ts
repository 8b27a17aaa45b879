/**
 * Whom alarms are told, and what was sent. `content` is JSON of src-shared/alarms/notify.ts, `secret` what the webhook of a recipient is
 * signed with. A call is a step of a rule that comes due; from it come notices, one for each recipient and channel. `key` of both is unique, so
 * that nothing is planned twice. Notices of one message have the same `message`.
 */
export const notices = `
CREATE TABLE notifyItem (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('recipient', 'list', 'schedule')),
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  secret TEXT,
  changedAt INTEGER NOT NULL
) STRICT;

CREATE TABLE notifyBrowser (
  id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL REFERENCES notifyItem (id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  addedAt INTEGER NOT NULL,
  UNIQUE (recipient, endpoint)
) STRICT;

CREATE TABLE alarmCall (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  occurrence TEXT NOT NULL,
  round INTEGER NOT NULL,
  over INTEGER NOT NULL DEFAULT 0,
  what TEXT NOT NULL,
  step INTEGER NOT NULL,
  list TEXT NOT NULL,
  schedule TEXT,
  wantedAt INTEGER NOT NULL,
  dueAt INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  madeAt INTEGER NOT NULL,
  endedAt INTEGER,
  facts TEXT NOT NULL
) STRICT;

CREATE INDEX alarmCallDue ON alarmCall (dueAt) WHERE state = 'waiting';
CREATE INDEX alarmCallOccurrence ON alarmCall (occurrence);
CREATE INDEX alarmCallEnded ON alarmCall (endedAt);

CREATE TABLE alarmNotice (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  call TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  what TEXT NOT NULL,
  step INTEGER NOT NULL,
  list TEXT NOT NULL,
  priority TEXT NOT NULL,
  raisedAt INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  recipientName TEXT NOT NULL,
  channel TEXT NOT NULL,
  browser TEXT,
  target TEXT NOT NULL,
  language TEXT NOT NULL,
  facts TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  message TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  madeAt INTEGER NOT NULL,
  dueAt INTEGER NOT NULL,
  startedAt INTEGER,
  endedAt INTEGER,
  trouble TEXT,
  detail TEXT
) STRICT;

CREATE INDEX alarmNoticeDue ON alarmNotice (dueAt) WHERE state IN ('waiting', 'retrying', 'sending');
CREATE INDEX alarmNoticeOccurrence ON alarmNotice (occurrence);
CREATE INDEX alarmNoticeMade ON alarmNotice (madeAt, id);
CREATE INDEX alarmNoticeStarted ON alarmNotice (recipient, channel, startedAt);
CREATE INDEX alarmNoticeMessage ON alarmNotice (message);
`

type CallState = 'waiting' | 'done' | 'spared' | 'dead' | 'discarded'

export type NoticeTables = {
  notifyItem: {
    id: string
    kind: 'recipient' | 'list' | 'schedule'
    version: number
    name: string
    content: string
    secret: string | null
    changedAt: number
  }
  notifyBrowser: { id: string; recipient: string; label: string; endpoint: string; p256dh: string; auth: string; addedAt: number }
  alarmCall: {
    id: string
    key: string
    occurrence: string
    round: number
    over: 0 | 1
    what: 'raised' | 'resolved'
    step: number
    list: string
    schedule: string | null
    wantedAt: number
    dueAt: number
    state: CallState
    reason: string | null
    madeAt: number
    endedAt: number | null
    facts: string
  }
  alarmNotice: {
    id: string
    key: string
    call: string
    occurrence: string
    what: 'raised' | 'resolved'
    step: number
    list: string
    priority: string
    raisedAt: number
    recipient: string
    recipientName: string
    channel: string
    browser: string | null
    target: string
    language: string
    facts: string
    state: string
    reason: string | null
    message: string | null
    tries: number
    madeAt: number
    dueAt: number
    startedAt: number | null
    endedAt: number | null
    trouble: string | null
    detail: string | null
  }
}
