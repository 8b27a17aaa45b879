import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import { createCalendar } from '#shared/calendar.ts'
import { cellStates } from '#shared/history/table.ts'
import { toBatch, type Quality } from '#shared/reading.ts'
import { newFolder, quarterHour, startWorld } from './world.ts'

const zone = 'Europe/Berlin'
const { startOf, momentOf } = createCalendar(zone)
const hour = 4 * quarterHour
const day = 24 * hour

const before = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = zone
})
afterAll(() => {
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
})

/** A Hearthgrid at noon of a day with a gateway's device: a flow temperature and an energy register. */
async function stocked(now = startOf('2026-11-20') + 12 * hour, name = 'House') {
  const world = await startWorld({ folder: newFolder(), clock: () => now })
  const gateway = await world.call('ingest.addGateway', { name: 'Router', zone: 'UTC' })
  const device = await world.call('ingest.map', {
    id: gateway.id,
    member: 'house',
    name,
    points: [
      { key: 'flow', point: 'circuit1.flow', is: 'temperature', scale: 1 },
      { key: 'energy', point: 'own.energy', title: 'Energy of the boiler', is: 'energy', scale: 1 },
    ],
  })
  const { points } = await world.call('devices.get', { id: device.id })
  const series = (id: string) => points.find((point) => point.id === id)?.series ?? 0
  const { call } = world.serving.host.workers.history
  const store = (one: number, rows: readonly [at: number, value: number | null, quality?: Quality][]) =>
    call.append(toBatch(rows.map(([at, value, quality = 'good']) => ({ series: one, at, value, quality }))))
  return { ...world, flow: series('circuit1.flow'), energy: series('own.energy'), store, now }
}

/** A value each quarter hour. */
function everyQuarter(from: number, to: number, value: (i: number) => number): [number, number][] {
  return Array.from({ length: Math.ceil((to - from) / quarterHour) }, (_, i) => [from + i * quarterHour, value(i)])
}

const states = (column: { state: number[] } | undefined) => (column?.state ?? []).map((code) => cellStates[code])

async function save(world: Awaited<ReturnType<typeof stocked>>, words: Record<string, string | number>, series: number[]) {
  const url = new URL(world.serving.url + apiBase + '/history/export')
  for (const one of series) url.searchParams.append('series', String(one))
  for (const [key, value] of Object.entries(words)) url.searchParams.append(key, String(value))
  return await fetch(url, { headers: { authorization: `Bearer ${world.token}` } })
}

describe('the table', () => {
  test('has 92 rows of a quarter hour on the short day, 100 on the long one, 24 hours become 23 and 25', async () => {
    const world = await stocked()
    const days = [
      ['2026-03-29', 92, 23],
      ['2026-03-30', 96, 24],
      ['2026-10-25', 100, 25],
    ] as const
    for (const [date, quarters, hours] of days) {
      const from = startOf(date)
      const to = startOf(date) + quarters * quarterHour
      await world.store(
        world.flow,
        everyQuarter(from, to, (i) => i),
      )
      const ask = (step: '15min' | 'hour' | 'day') =>
        world.call('history.table', { series: [world.flow], from, to, step, figures: ['last', 'mean'] })
      const fine = await ask('15min')
      expect([fine.at.length, fine.total, fine.next]).toEqual([quarters, quarters, null])
      expect(fine.columns[0]?.value).toEqual(Array.from({ length: quarters }, (_, i) => i))
      expect((await ask('hour')).at.length).toBe(hours)
      const whole = await ask('day')
      expect([whole.at, whole.columns.map(({ value }) => value)]).toEqual([[from], [[quarters - 1], [(quarters - 1) / 2]]])
    }
  })

  test('cuts months at local midnight', async () => {
    const world = await stocked()
    const edge = startOf('2026-11-01')
    await world.store(world.flow, [
      [edge - 1000, 1],
      [edge, 2],
    ])
    const { at, columns } = await world.call('history.table', {
      series: [world.flow],
      from: startOf('2026-10-01'),
      to: startOf('2026-12-01'),
      step: 'month',
      figures: ['max'],
    })
    expect([at, columns[0]?.value]).toEqual([
      [startOf('2026-10-01'), edge],
      [1, 2],
    ])
  })

  test('leads through all rows page by page, raw and in steps, and shows nothing that is yet to come', async () => {
    const world = await stocked()
    const from = startOf('2026-11-18')
    await world.store(
      world.flow,
      everyQuarter(from, world.now, (i) => i),
    )
    await world.store(
      world.energy,
      everyQuarter(from + 60_000, world.now, (i) => i),
    )
    for (const [step, rows] of [
      ['raw', 480],
      ['15min', 241],
    ] as const) {
      const at: number[] = []
      const values: (number | null)[] = []
      let next: number | null = from
      for (let page = 0; next !== null && page < 100; page++) {
        const part: Awaited<ReturnType<typeof world.call<'history.table'>>> = await world.call('history.table', {
          series: [world.flow, world.energy],
          from: next,
          to: from + 30 * day,
          step,
          figures: ['last'],
          limit: 47,
        })
        expect(part.at.length).toBeLessThanOrEqual(47)
        at.push(...part.at)
        values.push(...(part.columns[0]?.value ?? []))
        next = part.next
      }
      expect(at.length).toBe(rows)
      expect(at).toEqual([...new Set(at)].sort((a, b) => a - b))
      expect(values.filter((value) => value !== null)).toEqual(Array.from({ length: 240 }, (_, i) => i))
    }
  })

  test('counts what a register went up by from page to page and from the last value before, and says when it went back', async () => {
    const world = await stocked()
    const from = startOf('2026-11-10')
    await world.store(world.energy, [
      [from - 3 * day, 100],
      [from + hour, 104],
      [from + day + hour, 110],
      [from + 3 * day + hour, 2],
      [from + 4 * day + hour, 5],
    ])
    const ask = (more: { from?: number; limit?: number }) =>
      world.call('history.table', { series: [world.energy], from, to: from + 5 * day, step: 'day', figures: ['delta'], ...more })
    const whole = await ask({})
    expect([whole.columns[0]?.value, states(whole.columns[0])]).toEqual([
      [4, 6, null, null, 3],
      ['good', 'good', 'none', 'back', 'good'],
    ])
    const first = await ask({ limit: 1 })
    const rest = await ask({ from: first.next ?? 0, limit: 2 })
    expect([first.columns[0]?.value, rest.columns[0]?.value]).toEqual([[4], [6, null]])
  })

  test('shows holes as holes: no sample, no contact and no sensor are no zeros', async () => {
    const world = await stocked()
    const from = startOf('2026-11-10')
    await world.store(world.flow, [
      [from, 50],
      [from + quarterHour, null, 'offline'],
      [from + 2 * quarterHour, null, 'fault'],
      [from + 4 * quarterHour, 40, 'stale'],
    ])
    const ask = (step: 'raw' | '15min' | 'hour') =>
      world.call('history.table', { series: [world.flow], from, to: from + 2 * hour, step, figures: ['mean'] })
    const raw = await ask('raw')
    expect([raw.columns[0]?.value, states(raw.columns[0])]).toEqual([
      [50, null, null, 40],
      ['good', 'offline', 'fault', 'stale'],
    ])
    const fine = await ask('15min')
    expect(states(fine.columns[0])).toEqual(['good', 'absent', 'absent', 'none', 'absent', 'none', 'none', 'none'])
    const hours = await ask('hour')
    expect([hours.columns[0]?.value, states(hours.columns[0])]).toEqual([
      [50, null],
      ['partial', 'absent'],
    ])
  })

  test('gives a very wide table in smaller pages that lead on', async () => {
    const world = await stocked()
    const series = Array.from({ length: 50 }, (_, i) => i + 1)
    const figures: ('min' | 'max' | 'mean' | 'last' | 'delta')[] = ['min', 'max', 'mean', 'last', 'delta', 'min']
    const ask = { series, from: world.now - 40 * day, to: world.now, step: '15min' as const, figures, limit: 10_000 }
    const { at, next, columns, total } = await world.call('history.table', ask)
    expect([at.length, columns.length, next, total]).toEqual([800, 250, (at[0] ?? 0) + 800 * quarterHour, 3840])
  })

  test('refuses what makes no sense and names the field', async () => {
    const world = await stocked()
    const ask = (words: object) => world.call('history.table', { series: [1], from: 0, to: 1, ...words })
    for (const words of [{ from: 5, to: 5 }, { step: 'week' }, { series: [] }, { series: [1.5] }, { limit: 0 }, { figures: ['median'] }])
      await expect(ask(words)).rejects.toMatchObject({ code: 'input.invalid' })
  })
})

test('the list of gaps tells each stretch and the share that is there, and ends now', async () => {
  const world = await stocked()
  const from = startOf('2026-11-20')
  const rows = everyQuarter(from, world.now + 1, (i) => i)
  await world.store(
    world.flow,
    rows.filter(([at]) => at < from + 2 * hour || at >= from + 5 * hour),
  )
  await world.store(world.energy, rows.slice(0, 4))
  const list = await world.call('history.gaps', { series: [world.flow, world.energy], from, to: from + day })
  expect(list.to).toBe(world.now)
  expect(list.gaps).toEqual([
    { series: world.flow, from: from + 2 * hour - quarterHour, to: from + 5 * hour },
    { series: world.energy, from: from + hour - quarterHour, to: world.now },
  ])
  expect(list.series.map(({ gaps }) => gaps)).toEqual([1, 1])
  expect(list.series[0]?.share).toBeCloseTo(9 / 12)
  expect(list.series[1]?.share).toBeCloseTo(1 / 12)
  expect(list.share).toBeCloseTo(5 / 12)
})

describe('the file', () => {
  test('has heads with device, point and unit, local times with their distance from UTC, and a quality beside each value', async () => {
    const world = await stocked()
    const from = momentOf('2026-10-25T01:45')
    await world.store(
      world.flow,
      everyQuarter(from, from + 6 * quarterHour, (i) => i + 0.5),
    )
    await world.store(world.energy, [[from, null, 'offline']])
    const answer = await save(world, { from, to: from + 6 * quarterHour, decimal: 'comma' }, [world.flow, world.energy])
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toContain('Readings_2026-10-25_2026-10-25.csv')
    const lines = Buffer.from(await answer.arrayBuffer())
      .toString('utf8')
      .split('\r\n')
    expect(lines).toEqual([
      '\uFEFFTime (Europe/Berlin);Offset;"House, Circuit 1: Flow temperature [°C]";"House, Circuit 1: Flow temperature [°C] quality";"House, Energy of the boiler [kWh]";"House, Energy of the boiler [kWh] quality"',
      '2026-10-25 01:45:00;UTC+02:00;0,5;good;;offline',
      '2026-10-25 02:00:00;UTC+02:00;1,5;good;;none',
      '2026-10-25 02:15:00;UTC+02:00;2,5;good;;none',
      '2026-10-25 02:30:00;UTC+02:00;3,5;good;;none',
      '2026-10-25 02:45:00;UTC+02:00;4,5;good;;none',
      '2026-10-25 02:00:00;UTC+01:00;5,5;good;;none',
      '',
    ])
  })

  test('is in UTC, without mark and quality, with tabs and in German when so asked', async () => {
    const world = await stocked()
    const from = momentOf('2026-10-25T00:00')
    await world.store(
      world.flow,
      everyQuarter(from, from + 2 * hour, (i) => i / 4),
    )
    const words = { from, to: from + 2 * hour, zone: 'utc', bom: 'false', quality: 'false', delimiter: 'tab', step: 'hour', language: 'de' }
    const answer = await save(world, { ...words, figures: 'mean' }, [world.flow])
    expect(await answer.text()).toBe(
      'Zeit (UTC)\t"House, Kreis 1: Vorlauftemperatur [°C] Mittel"\r\n2026-10-24 22:00:00\t0.375\r\n2026-10-24 23:00:00\t1.375\r\n',
    )
  })

  test('tells how far it is, and what is refused is told before a file begins', async () => {
    const world = await stocked()
    const jobs: unknown[] = []
    world.serving.host.events.subscribe((event) => {
      if (event.event === 'jobs' && event.job === 'history.export.mine') jobs.push(event.state)
    })
    await world.store(
      world.flow,
      everyQuarter(world.now - day, world.now, (i) => i),
    )
    const whole = await save(world, { from: world.now - day, to: world.now, job: 'mine' }, [world.flow])
    expect((await whole.text()).split('\r\n').length).toBe(98)
    expect(jobs).toEqual(['running', 'done'])
    const refused = await save(world, { from: 5, to: 5 }, [world.flow])
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, 'input.invalid'])
    const stranger = await fetch(`${world.serving.url}${apiBase}/history/export?series=1&from=0&to=1`)
    expect(stranger.status).toBe(401)
  })
})
