import Sqlite from 'better-sqlite3'
import { migrations, openDatabase } from '../../src-main/database.ts'

/** What stood in the tables of a former release, by the step that made the table. Later columns are left to their defaults. */
const content: readonly { since: number; table: string; key: string; rows: Record<string, string | number | null>[] }[] = [
  { since: 1, table: 'setting', key: 'key', rows: many(30, (i) => ({ key: `key-${i}`, value: `"value ${i} with ä and €"` })) },
  {
    since: 1,
    table: 'device',
    key: 'id',
    rows: many(60, (i) => ({
      id: `device-${i}`,
      name: `Station ${i}`,
      place: `Street ${i}`,
      host: `10.0.0.${i}`,
      port: 502,
      unit: 1 + (i % 3),
      profile: 'danfoss/ecl310-a266.1',
      recognised: i % 2,
      simulated: 0,
      identity: '{}',
      addedAt: 1_700_000_000_000 + i,
      removedAt: i % 10 === 9 ? 1_710_000_000_000 : null,
    })),
  },
  {
    since: 1,
    table: 'series',
    key: 'id',
    rows: many(600, (i) => ({ id: i + 1, device: `device-${i % 60}`, point: `point-${Math.floor(i / 60)}` })),
  },
  {
    since: 1,
    table: 'credential',
    key: 'hash',
    rows: many(5, (i) => ({
      hash: `hash-${i}`,
      kind: 'token',
      name: `Person ${i}`,
      role: 'admin',
      createdAt: i,
      usedAt: null,
      expiresAt: null,
    })),
  },
  {
    since: 1,
    table: 'audit',
    key: 'id',
    rows: many(400, (i) => ({
      id: i + 1,
      at: i,
      actor: 'a',
      via: 'b',
      operation: 'c',
      kind: 'd',
      subject: null,
      input: `{"i":${i}}`,
      result: 'done',
      closedAt: i,
    })),
  },
  {
    since: 4,
    table: 'gateway',
    key: 'id',
    rows: many(3, (i) => ({
      id: `gateway-${i}`,
      name: 'G',
      tokenHash: null,
      tokenMadeAt: null,
      format: '{}',
      addedAt: i,
      removedAt: null,
    })),
  },
  { since: 5, table: 'commissioningDraft', key: 'actor', rows: many(4, (i) => ({ actor: `person-${i}`, changedAt: i, draft: '[]' })) },
  { since: 6, table: 'standing', key: 'series', rows: many(20, (i) => ({ series: i + 1, value: i / 7, since: i })) },
  {
    since: 7,
    table: 'input',
    key: 'id',
    rows: many(6, (i) => ({
      id: i + 1,
      device: `device-${i}`,
      input: 'S1',
      point: `input-${i}`,
      name: 'Own',
      type: 'pt1000',
      quantity: 'temperature',
      scale: 1,
      offset: 0.5,
      madeAt: i,
      removedAt: null,
    })),
  },
  {
    since: 8,
    table: 'meter',
    key: 'id',
    rows: many(12, (i) => ({
      id: `meter-${i}`,
      device: `device-${i}`,
      part: '',
      serial: `${i}`,
      maker: null,
      medium: null,
      version: null,
      firstSeen: i,
      power: 'battery',
    })),
  },
]

/** Makes the configuration file of the release that knew this many steps, with rows in every table that it had. */
export async function makeFormer(path: string, steps: number): Promise<void> {
  await openDatabase(path, migrations.slice(0, steps)).close()
  const file = new Sqlite(path)
  file.transaction(() => {
    for (const { since, table, rows } of content) {
      if (since > steps) continue
      const columns = Object.keys(rows[0] ?? {})
      const insert = file.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`)
      for (const row of rows) insert.run(row)
    }
  })()
  file.close()
}

/** What is not as that release had left it, in any words; the file has been opened by this one. */
export function differences(path: string, steps: number): string[] {
  const file = new Sqlite(path)
  const found: string[] = []
  try {
    const version = Number(file.pragma('user_version', { simple: true }))
    if (version !== migrations.length) found.push(`version ${version}`)
    const sound = file.pragma('integrity_check', { simple: true })
    if (sound !== 'ok') found.push(String(sound))
    for (const { since, table, key, rows } of content) {
      if (since > steps) continue
      const columns = Object.keys(rows[0] ?? {})
      const stored = file.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all() as Record<string, unknown>[]
      const byKey = (some: Record<string, unknown>[]) => JSON.stringify(some.toSorted((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1)))
      if (byKey(stored) !== byKey(rows)) found.push(`${table} has other rows`)
    }
    return found
  } finally {
    file.close()
  }
}

function many<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
