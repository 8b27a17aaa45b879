import type { StoredLine } from '#shared/history/port.ts'
import { bucketMs, dayMs, digestOf, digestOfDays, secondsOf, type Digest, type Peer } from './history-peers.ts'
import { asked } from './history-questions.ts'
import { yearFrom } from './load-year.ts'
import { VictoriaServer } from './victoria-server.ts'

type Exported = { values: number[]; timestamps: number[] }
type Found = { data: { result: { metric: { point: string; rollup?: string }; values: [number, string][]; value: [number, string] }[] } }

/**
 * VictoriaMetrics as it is without settings, over HTTP, its cache of answers left out. It keeps no quality with a value, so its means take
 * in what the others leave out. A moment of a range stands for what lies before it: one millisecond before a bucket's end.
 */
export async function victoria(): Promise<Peer> {
  const server = await VictoriaServer.start()
  const found = async (way: string, query: Record<string, string | number>) =>
    (JSON.parse(await server.call(`/api/v1/${way}`, { ...query, nocache: 1 })) as Found).data.result
  const exported = async (match: string, { from, to }: { from: number; to: number }) =>
    (await server.call('/api/v1/export', { 'match[]': match, start: from / 1000, end: (to - 1) / 1000 }))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Exported)
  const { one, ten, year, days, june, width } = asked
  const point = (series: number[]) => `p{point=~"${series.join('|')}"}`
  return {
    name: `VictoriaMetrics ${server.version}`,
    async load(rows) {
      for await (const lines of rows) await server.call('/api/v1/import', {}, lines.map(imported).join('\n'))
      await server.settle()
    },
    ways: {
      raw: [way('export', async () => digestExported(await exported(`p{point="${one}"}`, year)))],
      buckets: [
        way('rollup', async () => {
          const [first, step] = [yearFrom + bucketMs - 1, `${bucketMs}ms`]
          const query = { query: `rollup(p{point="${one}"}[${step}])`, start: first / 1000, end: (first + width * bucketMs) / 1000, step }
          const columns = (await found('query_range', query)).map(
            ({ metric, values }) =>
              [metric.rollup === 'avg' ? 'value' : String(metric.rollup), values.map(([, value]) => Number(value))] as const,
          )
          return () => digestOf(Object.fromEntries(columns.map(([name, values]) => [name, values.slice(1)])))
        }),
      ],
      ten: [way('export', async () => digestExported(await exported(point(ten), june)))],
      newest: [
        way('last_over_time', async () => {
          const value = (await found('query', { query: 'last_over_time(p[1d])', time: (year.to - 1) / 1000 })).map((line) =>
            Number(line.value[1]),
          )
          return () => digestOf({ value })
        }),
        way('export of the last quarter of an hour', async () =>
          digestExported(await exported('p', { from: year.to - 900_000, to: year.to })),
        ),
      ],
      energy: [
        way('increase', async () => {
          const query = {
            query: 'increase(p{energy="1"}[1d])',
            start: (days.from + dayMs - 1) / 1000,
            end: (days.to - 1) / 1000,
            step: '1d',
          }
          const lines = (await found('query_range', query)).map(({ values }) => values.map(([at, value]) => [at, Number(value)] as const))
          return () => {
            const cells = lines.flat()
            return digestOfDays(
              cells.map(([at]) => Math.floor((at * 1000 - days.from) / dayMs)),
              cells.map(([, value]) => value),
            )
          }
        }),
      ],
      mean: [
        way('avg_over_time', async () => {
          const query = { query: `avg_over_time(p[${june.to - june.from}ms])`, time: (june.to - 1) / 1000 }
          const all = (await found('query', query)).map((line) => Number(line.value[1]))
          return () => digestOf({ all })
        }),
      ],
    },
    bytes: async () => server.bytes(),
    close: () => server.stop(),
  }
}

function way(how: string, ask: () => Promise<() => Digest>) {
  return { how, ask: async () => ({ digest: await ask() }) }
}

function imported({ series, at, value }: StoredLine): string {
  const energy = asked.meters.includes(series) ? ',"energy":"1"' : ''
  return `{"metric":{"__name__":"p","point":"${series}"${energy}},"values":[${value.join()}],"timestamps":[${at.join()}]}`
}

function digestExported(lines: Exported[]): () => Digest {
  return () => digestOf({ value: lines.flatMap(({ values }) => values), at: lines.flatMap(({ timestamps }) => timestamps.map(secondsOf)) })
}
