import type { StoredLine } from '#shared/history/port.ts'
import { bucketMs, dayMs, digestOf, digestOfDays, type Digest, type Peer, type Question, type Way } from './history-peers.ts'
import { asked } from './history-questions.ts'
import { yearFrom } from './load-year.ts'
import { startPostgres } from './postgres-cluster.ts'
import type { Kinds } from './postgres-wire.ts'

const since2000 = Date.UTC(2000, 0, 1)
const rowBytes = 40
const text = (ms: number) => `'${new Date(ms).toISOString()}'::timestamptz`
const within = ({ from, to }: { from: number; to: number }) => `at >= ${text(from)} AND at < ${text(to)}`
const each = (series: number[]) => `unnest('{${series.join()}}'::int[]) AS s(i)`

type Asked = { how: string; sql: string; kinds: Kinds; digest: (columns: number[][]) => Digest }

/**
 * PostgreSQL on a narrow table with the primary key (series, at), loaded in that order, vacuumed and analysed. Statements are prepared; an
 * answer counts once in binary columns in our process, and once as the server's own time without handing over a row.
 */
export async function postgres(): Promise<Peer> {
  const { session, version, stop } = await startPostgres()
  const ways: Record<Question, Way[]> = { raw: [], buckets: [], ten: [], newest: [], energy: [], mean: [] }
  const single = async (name: string, sql: string) => {
    await session.prepare(name, sql)
    return await session.text(name)
  }
  return {
    name: `PostgreSQL ${version}`,
    ways,
    async load(rows) {
      // Filled in the transaction that makes it, a table needs no log.
      await session.run('BEGIN; CREATE TABLE points(at timestamptz, value float8, series int4, quality int2)')
      await session.copyIn('COPY points(at, value, series, quality) FROM STDIN (FORMAT binary)', binaryRows(rows))
      await session.run('ALTER TABLE points ADD PRIMARY KEY (series, at); COMMIT')
      await session.run('VACUUM (FREEZE, ANALYZE) points')
      for (const [question, all] of Object.entries(statements()))
        for (const { how, sql, kinds, digest } of all) {
          const name = `${question} ${how}`
          await session.prepare(name, sql)
          await session.prepare(`${name} inside`, `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`)
          ways[question as Question].push(
            {
              how,
              ask: async () => {
                const columns = await session.columns(name, kinds)
                return { digest: () => digest(columns) }
              },
            },
            { how, alone: true, ask: async () => ({ ms: executionMs(await session.text(`${name} inside`)) }) },
          )
        }
    },
    bytes: async () => Number(await single('size', `SELECT pg_total_relation_size('points')::text`)),
    close: stop,
  }
}

function executionMs(plan: string): number {
  const [found] = JSON.parse(plan) as { 'Execution Time': number }[]
  if (!found) throw new Error(`no time in ${plan}`)
  return found['Execution Time']
}

function statements(): Record<Question, Asked[]> {
  const { one, ten, meters, everything, year, days, june } = asked
  const samples = ([at = [], value = [], quality = []]: number[][]) =>
    digestOf({ at: at.map((seconds) => seconds - (yearFrom - since2000) / 1000), value, quality })
  const daily = ([, moment = [], energy = []]: number[][]) =>
    digestOfDays(
      moment.map((seconds) => Math.round((seconds * 1000 + since2000 - days.from) / dayMs)),
      energy,
    )
  const rows = { kinds: 'tfii', digest: samples }
  const day = `date_bin('1 day', at, ${text(days.from)})`
  const energy = { kinds: 'itf', digest: daily }
  const mean = { kinds: 'if', digest: ([, value = []]: number[][]) => digestOf({ value }) }
  const judged = `${within(june)} AND quality NOT IN (1, 2, 3)`
  return {
    raw: [
      {
        how: 'rows',
        sql: `SELECT at, value, quality FROM points WHERE series = ${one} AND ${within(year)} ORDER BY at`,
        ...rows,
        kinds: 'tfi',
      },
    ],
    buckets: [
      {
        how: 'date_bin',
        sql: `SELECT date_bin('${bucketMs / 1000} s', at, ${text(yearFrom)}) b, min(value), max(value), avg(value) FROM points WHERE series = ${one} AND ${within(year)} GROUP BY b ORDER BY b`,
        kinds: 'tfff',
        digest: ([, min = [], max = [], value = []]) => digestOf({ min: min.slice(1), max: max.slice(1), value: value.slice(1) }),
      },
    ],
    ten: [
      {
        how: 'rows',
        sql: `SELECT at, value, quality, series FROM points WHERE series IN (${ten.join()}) AND ${within(june)} ORDER BY series, at`,
        ...rows,
      },
    ],
    newest: [
      {
        how: 'LATERAL',
        sql: `SELECT l.at, l.value, l.quality, s.i FROM ${each(everything)}, LATERAL (SELECT at, value, quality FROM points WHERE series = s.i ORDER BY at DESC LIMIT 1) l`,
        ...rows,
      },
    ],
    energy: [
      {
        how: 'window over all',
        sql: `SELECT series, ${day} d, sum(greatest(step, 0)) FROM (SELECT series, at, value - lag(value) OVER (PARTITION BY series ORDER BY at) step FROM points WHERE series = ANY('{${meters.join()}}') AND ${within(days)}) w GROUP BY series, d`,
        ...energy,
      },
      {
        how: 'window in LATERAL',
        sql: `SELECT s.i, l.d, l.e FROM ${each(meters)}, LATERAL (SELECT ${day} d, sum(greatest(step, 0)) e FROM (SELECT at, value - lag(value) OVER (ORDER BY at) step FROM points WHERE series = s.i AND ${within(days)}) w GROUP BY d) l`,
        ...energy,
      },
    ],
    mean: [
      { how: 'GROUP BY', sql: `SELECT series, avg(value) FROM points WHERE ${judged} GROUP BY series`, ...mean },
      {
        how: 'LATERAL',
        sql: `SELECT s.i, l.m FROM ${each(everything)}, LATERAL (SELECT avg(value) m FROM points WHERE series = s.i AND ${judged}) l`,
        ...mean,
      },
    ],
  }
}

async function* binaryRows(rows: AsyncIterable<StoredLine[]>): AsyncGenerator<Buffer> {
  for await (const lines of rows)
    for (const { series, at, value, quality } of lines) {
      const bytes = Buffer.allocUnsafe(at.length * rowBytes)
      for (let i = 0; i < at.length; i++) {
        const place = i * rowBytes
        const micros = ((at[i] as number) - since2000) * 1000
        bytes.writeInt16BE(4, place)
        bytes.writeInt32BE(8, place + 2)
        bytes.writeInt32BE(Math.floor(micros / 4_294_967_296), place + 6)
        bytes.writeUInt32BE(micros % 4_294_967_296, place + 10)
        bytes.writeInt32BE(8, place + 14)
        bytes.writeDoubleBE(value[i] as number, place + 18)
        bytes.writeInt32BE(4, place + 26)
        bytes.writeInt32BE(series, place + 30)
        bytes.writeInt32BE(2, place + 34)
        bytes.writeInt16BE(quality[i] as number, place + 38)
      }
      yield bytes
    }
}
