import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect, type Generated } from 'kysely'
import type { PresetKind } from '#shared/presets/contract.ts'
import { start } from './migrations/0001-start.ts'
import { auditDetail } from './migrations/0002-audit-detail.ts'
import { lines } from './migrations/0003-lines.ts'
import { meters } from './migrations/0008-meters.ts'
import { commissioning } from './migrations/0005-commissioning.ts'
import { overrides } from './migrations/0006-overrides.ts'
import { ingestGateways } from './migrations/0004-ingest.ts'
import { inputs } from './migrations/0007-inputs.ts'
import { presets } from './migrations/0009-presets.ts'
import { virtual, type VirtualTables } from './migrations/0010-virtual.ts'
import { findings } from './migrations/0011-findings.ts'
import { practice, type PracticeTables } from './migrations/0012-practice.ts'
import { alarms, type AlarmTables } from './migrations/0013-alarms.ts'
import { notices, type NoticeTables } from './migrations/0014-notices.ts'

/** Every step that a configuration file has gone through, oldest first; the file's user_version counts them. Only grows. */
export const migrations: readonly string[] = [
  start,
  auditDetail,
  lines,
  ingestGateways,
  commissioning,
  overrides,
  inputs,
  meters,
  presets,
  virtual,
  findings,
  practice,
  alarms,
  notices,
]

type Bit = 0 | 1
type NewerTables = VirtualTables & PracticeTables & AlarmTables & NoticeTables
export type Tables = NewerTables & {
  setting: { key: string; value: string }
  device: {
    id: string
    name: string
    place: string
    host: string
    port: number
    unit: number
    way: Generated<string>
    member: Generated<string>
    line: Generated<string>
    secret: Generated<string | null>
    profile: string
    recognised: Bit
    chosen: Generated<Bit>
    tags: Generated<string>
    simulated: Bit
    identity: string
    unserved: string
    addedAt: number
    removedAt: number | null
  }
  scan: {
    id: string
    startedAt: number
    endedAt: number | null
    actor: string
    state: 'running' | 'done' | 'cancelled' | 'interrupted'
    input: string
    asked: number
    total: number
  }
  scanHit: { scan: string; position: number; hit: string }
  commissioningDraft: { actor: string; changedAt: number; draft: string }
  series: { id: Generated<number>; device: string; point: string }
  gateway: {
    id: string
    name: string
    tokenHash: string | null
    tokenMadeAt: number | null
    format: string
    addedAt: number
    removedAt: number | null
  }
  credential: {
    hash: string
    kind: 'link' | 'session' | 'token'
    name: string
    role: string
    createdAt: number
    usedAt: number | null
    expiresAt: number | null
  }
  standing: { series: number; value: number; since: number }
  lease: {
    id: string
    device: string
    point: string
    value: number
    fallback: number
    before: number | null
    lifetimeMs: number
    owner: string
    actor: string
    state: 'starting' | 'active' | 'returning' | 'ended'
    reason: string | null
    outcome: string | null
    found: number | null
    attempts: number
    createdAt: number
    expiresAt: number
    endedAt: number | null
  }
  written: { device: string; point: string; day: string; today: number; total: number }
  input: {
    id: Generated<number>
    device: string
    input: string
    point: string
    name: string
    type: 'pt1000' | 'voltage' | 'digital'
    quantity: string
    scale: number
    offset: number
    madeAt: number
    removedAt: number | null
  }
  meter: {
    id: string
    device: string
    part: string
    serial: string | null
    maker: string | null
    medium: string | null
    version: number | null
    firstSeen: number
    power: 'mains' | 'battery' | null
    restMs: number
    lastRead: number | null
    reads: number
    readsYear: number
    otherSerial: string | null
    otherSince: number | null
  }
  meterReplacement: {
    id: Generated<number>
    meter: string
    at: number
    oldSerial: string | null
    newSerial: string | null
    finalEnergy: number | null
    firstEnergy: number | null
    finalVolume: number | null
    firstVolume: number | null
    person: string
    reason: string
    notedAt: number
  }
  preset: { id: string; kind: PresetKind; name: string; owner: string; shared: Bit; content: string; changedAt: number }
  meterEvent: { id: Generated<number>; meter: string; at: number; kind: string; detail: string }
  finding: {
    id: string
    key: string
    rule: string
    severity: 'warning' | 'alarm'
    device: string | null
    devices: string
    meter: string | null
    series: number | null
    fromAt: number
    toAt: number
    figures: string
    method: number
    openSince: number
    lastSeen: number
    closedAt: number | null
    acknowledgedAt: number | null
    acknowledgedBy: string | null
    note: string | null
  }
  meterPlate: {
    meter: string
    designPower: number | null
    permanentFlow: number | null
    smallestFlow: number | null
    side: 'flow' | 'return' | null
    verifiedUntil: string | null
  }
  audit: {
    id: Generated<number>
    at: number
    actor: string
    via: string
    operation: string
    kind: string
    subject: string | null
    input: string
    result: string | null
    closedAt: number | null
    detail: string | null
  }
}

export type Database = Kysely<Tables>

export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase'
}

/** What is written there cannot be read. Nothing was changed. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase'
}

/**
 * Opens (or makes) config.sqlite and brings it up to date, one transaction a step. WAL needs `synchronous=FULL` said aloud:
 * without it a power cut was measured to lose acknowledged rows. Throws NewerDatabase for a file that a later release
 * has written and DamagedDatabase for one that cannot be read, touching nothing.
 */
export function openDatabase(
  path: string,
  steps: readonly string[] = migrations,
): { database: Database; copyTo(path: string): Promise<void>; close(): Promise<void> } {
  const version = lookAt(path, steps)
  const file = new Sqlite(path)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma('busy_timeout = 5000')
  steps.slice(version).forEach((step, i) => {
    file.transaction(() => {
      file.exec(step)
      file.pragma(`user_version = ${version + i + 1}`)
    })()
  })
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  return {
    database,
    /** Writes everything, as it is at one moment, into a new file while the database is in use. */
    async copyTo(copy) {
      await file.backup(copy)
    },
    async close() {
      await database.destroy()
      // Kysely leaves a file open that it was never asked about.
      file.close()
    },
  }
}

/** The version of a file, 0 where none is. Only looks: even what a killed program left in the log stays there. */
function lookAt(path: string, steps: readonly string[]): number {
  if (!existsSync(path)) return 0
  try {
    return versionOf(path, steps, 'quick_check', { readonly: true })
  } catch (error) {
    // A change cut off before the first use of the log is rolled back by the first who may write.
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_READONLY')) throw error
    return versionOf(path, steps, 'quick_check', {})
  }
}

/** Reads a whole file that nobody has open. Throws NewerDatabase, and DamagedDatabase for one that is damaged. */
export function checkDatabase(path: string, steps: readonly string[] = migrations): void {
  versionOf(path, steps, 'integrity_check', { fileMustExist: true })
}

function versionOf(path: string, steps: readonly string[], check: string, options: Sqlite.Options): number {
  const file = new Sqlite(path, options)
  try {
    const version = Number(file.pragma('user_version', { simple: true }))
    if (version > steps.length) throw new NewerDatabase(`${path} is of version ${version}, this program knows ${steps.length}`)
    const found = file.pragma(check, { simple: true })
    if (found !== 'ok') throw new DamagedDatabase(`${path}: ${String(found)}`)
    return version
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'SQLITE_NOTADB' || String(code).startsWith('SQLITE_CORRUPT')) {
      throw new DamagedDatabase(`${path}: ${(error as Error).message}`, { cause: error })
    }
    throw error
  } finally {
    file.close()
  }
}
