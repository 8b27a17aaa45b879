import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { StoredLine } from '#shared/history/port.ts'
import { bucketMs, dayMs, digestOf, digestOfDays, type Digest, type Peer } from './history-peers.ts'
import { asked } from './history-questions.ts'
import { yearFrom } from './load-year.ts'

type Row = number[]
const seconds = (ms: number) => ms / 1000
const countsIn = 'quality NOT IN (1, 2, 3)'

/** better-sqlite3 on a narrow table that is its own primary key; moments in seconds. Asked through memory-mapped pages and 200 MB of cache. */
export function sqlite(folder: string): Peer {
  const path = join(folder, 'peer.sqlite')
  let db = new Sqlite(path)
  const { one, ten, meters, everything, year, days, june } = asked
  const all = (sql: string, ...words: number[]) =>
    db
      .prepare<number[], Row>(sql)
      .raw()
      .all(...words)
  const from = seconds(year.from)
  const numbers = `WITH RECURSIVE p(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM p WHERE i < ${everything.length})`
  const inJune = `"at" >= ${seconds(june.from)} AND "at" < ${seconds(june.to)}`
  const meterRows = `SELECT series, "at", value FROM points WHERE series IN (${meters.join()}) AND "at" >= ${seconds(days.from)} AND "at" < ${seconds(days.to)}`
  return {
    name: `better-sqlite3 (SQLite ${all('SELECT sqlite_version()').flat().join()})`,
    async load(rows) {
      db.pragma('journal_mode = OFF')
      db.pragma('synchronous = OFF')
      db.pragma('cache_size = -200000')
      db.exec('CREATE TABLE points(series INTEGER, "at" INTEGER, value REAL, quality INTEGER, PRIMARY KEY(series, "at")) WITHOUT ROWID')
      const insert = db.prepare('INSERT INTO points VALUES (?, ?, ?, ?)')
      const fill = db.transaction((lines: StoredLine[]) => {
        for (const { series, at, value, quality } of lines)
          for (let i = 0; i < at.length; i++) insert.run(series, (at[i] as number) / 1000, value[i], quality[i])
      })
      for await (const lines of rows) fill(lines)
      db.exec('ANALYZE')
      db.close()
      db = new Sqlite(path, { readonly: true })
      db.pragma('mmap_size = 4000000000')
      db.pragma('cache_size = -200000')
    },
    ways: {
      raw: [
        way('rows', () => {
          const rows = all(
            'SELECT "at", value, quality FROM points WHERE series = ? AND "at" >= ? AND "at" < ? ORDER BY "at"',
            one,
            ...ends(year),
          )
          return () => digestOf(samples(rows))
        }),
      ],
      buckets: [
        way('GROUP BY', () => {
          const bucket = `CAST(("at" - ${from}) / ${bucketMs / 1000} AS INTEGER)`
          const rows = all(`SELECT ${bucket} b, min(value), max(value), avg(value) FROM points WHERE series = ? GROUP BY b ORDER BY b`, one)
          return () => digestOf({ min: column(rows.slice(1), 1), max: column(rows.slice(1), 2), value: column(rows.slice(1), 3) })
        }),
      ],
      ten: [
        way('rows', () => {
          const rows = all(`SELECT "at", value, quality, series FROM points WHERE series IN (${ten.join()}) AND ${inJune}`)
          return () => digestOf(samples(rows))
        }),
      ],
      newest: [
        way('one statement', () => {
          const last = '(SELECT max("at") FROM points WHERE series = i)'
          const rows = all(`${numbers} SELECT "at", value, quality, series FROM p JOIN points ON series = i AND "at" = ${last}`)
          return () => digestOf(samples(rows))
        }),
        way('a statement a point', () => {
          const newest = db
            .prepare<number[], Row>('SELECT "at", value, quality FROM points WHERE series = ? ORDER BY "at" DESC LIMIT 1')
            .raw()
          const rows = everything.map((series) => newest.get(series) ?? [])
          return () => digestOf(samples(rows))
        }),
      ],
      energy: [
        way('window', () => {
          const rows = all(
            `SELECT series, ("at" - ${seconds(days.from)}) / 86400 day, sum(max(step, 0)) FROM (SELECT series, "at", value - lag(value) OVER (PARTITION BY series ORDER BY "at") step FROM (${meterRows})) GROUP BY series, day`,
          )
          return () => digestOfDays(column(rows, 1), column(rows, 2))
        }),
        way('summed up by the program', () => energyOf(all(`${meterRows} ORDER BY series, "at"`))),
      ],
      mean: [
        way('a statement a point', () => {
          const mean = db.prepare<number[], Row>(`SELECT avg(value) FROM points WHERE series = ? AND ${inJune} AND ${countsIn}`).raw()
          const rows = everything.map((series) => mean.get(series) ?? [])
          return () => digestOf({ value: column(rows, 0) })
        }),
        way('one statement', () => {
          const rows = all(`${numbers} SELECT (SELECT avg(value) FROM points WHERE series = i AND ${inJune} AND ${countsIn}) FROM p`)
          return () => digestOf({ value: column(rows, 0) })
        }),
      ],
    },
    bytes: async () => (await stat(path)).size,
    close: async () => void db.close(),
  }
}

function way(how: string, ask: () => () => Digest) {
  return { how, ask: async () => ({ digest: ask() }) }
}

const ends = ({ from, to }: { from: number; to: number }) => [seconds(from), seconds(to)]
const column = (rows: Row[], place: number) => rows.map((row) => row[place] ?? Number.NaN)
const samples = (rows: Row[]) => ({
  at: rows.map(([at]) => (at ?? Number.NaN) - seconds(yearFrom)),
  value: column(rows, 1),
  quality: column(rows, 2),
})

function energyOf(rows: Row[]): () => Digest {
  const [day, energy]: [number[], number[]] = [[], []]
  let [series, value, last] = [Number.NaN, 0, -1]
  for (const [meter, at, now] of rows as [number, number, number][]) {
    const today = Math.floor((at * 1000 - asked.days.from) / dayMs)
    if (meter !== series || today !== day[last]) last = day.push(today) - 1
    energy[last] = (energy[last] ?? 0) + (meter === series ? Math.max(0, now - value) : 0)
    series = meter
    value = now
  }
  return () => digestOfDays(day, energy)
}
