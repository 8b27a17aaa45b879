import { expect, test } from 'vitest'
import { eventually, listen, newFolder, quarterHour, startControllers, startWorld } from './world.ts'

/** A clock whose next quarter hour is near. */
function clockBefore(ms: number): () => number {
  const now = Date.now()
  const offset = Math.ceil(now / quarterHour) * quarterHour - ms - now
  return () => Date.now() + offset
}

async function plant(before = 4000) {
  const controllers = await startControllers()
  const folder = newFolder()
  const clock = clockBefore(before)
  const world = await startWorld({ folder, clock })
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: controllers.ports[0] as number, unit: 1, name: 'Mill Lane 3' })
  const { points } = await world.call('devices.get', { id })
  const seriesOf = (point: string) => points.find((one) => one.id === point)?.series as number
  return { ...world, id, folder, clock, controllers, seriesOf }
}

const spread = { name: 'Spread', text: '[circuit1.flow] - [circuit1.return]', is: 'temperatureDifference' } as const

test('a formula is live, stored each quarter hour, charted, and stays over a restart', { timeout: 90_000 }, async () => {
  const { call, id, serving, token, stop, folder, clock, seriesOf } = await plant()
  const made = await call('virtual.save', { ...spread, device: id })
  expect(made).toMatchObject({ point: 'calculated1', deviceName: 'Mill Lane 3', unit: 'K', fault: null, inputs: 2 })
  expect(made.text).toBe('[Mill Lane 3 / circuit1.flow] - [Mill Lane 3 / circuit1.return]')
  const { points } = await call('devices.get', { id })
  expect(points.at(-1)).toMatchObject({ id: 'calculated1', series: made.series, title: 'Spread', formula: true, unit: 'K' })

  const [flow, back] = [seriesOf('circuit1.flow'), seriesOf('circuit1.return')]
  const socket = await listen(serving, token)
  // Whoever looks at the result has its inputs read, too.
  socket.watch([made.series])
  const live = await socket.until(
    (event): event is Extract<typeof event, { event: 'readings' }> =>
      event.event === 'readings' && event.series.includes(made.series) && event.quality[0] === 0,
  )
  expect(live.value[0]).toBeTypeOf('number')

  const from = Math.floor(clock() / quarterHour) * quarterHour
  const range = { from: from - quarterHour, to: from + 4 * quarterHour }
  const stored = await eventually(
    () => call('history.readings', { series: made.series, ...range }),
    ({ at }) => at.length > 0,
  )
  const at = stored.at[0] as number
  expect(at % quarterHour).toBe(0)
  const chart = await call('history.chart', { series: [flow, back, made.series], ...range })
  const [a, b, c] = chart.lines.map((line) => line.value[line.at.indexOf(at)] as number) as [number, number, number]
  expect(c).toBeCloseTo(a - b, 9)

  await stop()
  const again = await startWorld({ folder, clock })
  const [kept] = await again.call('virtual.list', {})
  expect(kept).toMatchObject({ id: made.id, series: made.series, text: made.text, fault: null })
  expect((await again.call('history.readings', { series: made.series, ...range })).at).toEqual(stored.at)
  const [before] = await again.call('virtual.list', {})
  expect(before?.result).toMatchObject({ value: null, quality: 'stale', reason: { code: 'stale', deviceName: 'Mill Lane 3' } })
  ;(await listen(again.serving, again.token)).watch([made.series])
  const fresh = await eventually(
    () => again.call('virtual.list', {}),
    ([one]) => one?.result?.quality === 'good',
  )
  expect(fresh[0]?.result?.value).toBeTypeOf('number')
})

test('an input that is lost leaves no value, and the reason is told', { timeout: 90_000 }, async () => {
  const { call, id, serving, token, controllers } = await plant(600_000)
  const made = await call('virtual.save', { ...spread, device: id })
  const socket = await listen(serving, token)
  socket.watch([made.series])
  const readings = (event: { event: string }): event is Extract<(typeof socket.events)[number], { event: 'readings' }> =>
    event.event === 'readings'
  await socket.until((event): event is Extract<typeof event, { event: 'readings' }> => readings(event) && event.quality[0] === 0)
  await controllers.stop()
  const lost = await socket.until(
    (event): event is Extract<typeof event, { event: 'readings' }> => readings(event) && event.quality[0] !== 0,
  )
  expect([lost.value, lost.quality]).toEqual([[null], [2]])
  const [one] = await call('virtual.list', {})
  expect(one?.result).toMatchObject({ value: null, quality: 'offline', reason: { code: 'offline', deviceName: 'Mill Lane 3' } })
  const { at = -1, length = 0 } = one?.result?.reason ?? {}
  expect(one?.text.slice(at, at + length)).toMatch(/^\[Mill Lane 3 \/ circuit1\.(flow|return)\]$/)

  // A device that is taken out takes its formulas along; one elsewhere says what it lacks.
  const other = await call('virtual.save', {
    name: 'Elsewhere',
    text: `[#${made.series}] * 2`,
    is: 'temperatureDifference',
    newDevice: 'Plant',
  })
  await call('devices.remove', { id })
  const [left] = await eventually(
    () => call('virtual.list', {}),
    (list) => list.length === 1,
  )
  const named = { code: 'point', params: { point: 'Mill Lane 3 / calculated1' } }
  expect(left).toMatchObject({ id: other.id, text: '[Mill Lane 3 / calculated1] * 2', fault: named })
  expect(await call('acquisition.latest', { series: [other.series] })).toMatchObject([{ value: null, quality: 'fault' }])
})

test('groups follow labels, say how many took part, and rings are refused by name', { timeout: 90_000 }, async () => {
  const { ports } = await startControllers([{}, {}])
  const { call, serving, token } = await startWorld()
  const devices = []
  for (const [i, port] of ports.entries())
    devices.push(await call('devices.add', { host: '127.0.0.1', port, unit: 1, name: `House ${i}`, tags: i === 0 ? ['north'] : [] }))
  const base = { text: 'mean({circuit1.flow of north})', is: 'temperature' } as const
  await expect(call('virtual.save', { ...base, text: 'mean({circuit1.flow of south})', name: 'x', newDevice: 'x' })).rejects.toMatchObject({
    code: 'formula.faulty',
    params: { fault: 'tag', at: 5, tag: 'south' },
  })
  const mean = await call('virtual.save', { ...base, name: 'Mean flow', newDevice: 'Network' })
  const plantWide = (await call('devices.list', {})).find(({ name }) => name === 'Network')
  expect(plantWide).toMatchObject({ address: { way: 'calculated' }, contact: { state: 'online' } })
  expect((await call('acquisition.connections', {})).map(({ name }) => name)).toEqual(['House 0', 'House 1'])
  const over = await call('virtual.save', {
    name: 'Above',
    text: `[Network / ${mean.point}] + 5 K - [Network / ${mean.point}]`,
    is: 'temperatureDifference',
    device: mean.device,
  })
  await expect(
    call('virtual.change', { id: mean.id, name: 'Mean flow', text: `mean({circuit1.flow of north}) + [Network / ${over.point}]` }),
  ).rejects.toMatchObject({ code: 'formula.faulty', params: { fault: 'ring', ring: expect.stringContaining('Mean flow') as string } })
  await expect(call('virtual.remove', { id: mean.id })).rejects.toMatchObject({ code: 'formula.inUse', params: { users: 'Above' } })

  const socket = await listen(serving, token)
  socket.watch([mean.series, over.series])
  await eventually(
    () => call('virtual.list', {}),
    (list) => list.every(({ result }) => result?.quality === 'good'),
  )
  expect((await call('virtual.list', {})).map(({ inputs, result }) => [inputs, result?.value === 5])).toEqual([
    [1, false],
    [1, true],
  ])
  await call('devices.change', { id: devices[1]?.id as string, tags: ['north'] })
  const two = await eventually(
    () => call('virtual.list', {}),
    ([one]) => one?.inputs === 2,
  )
  expect(two[0]?.fault).toBeNull()
  await call('virtual.remove', { id: over.id })
  await call('virtual.remove', { id: mean.id })
  expect(await call('virtual.list', {})).toEqual([])
  expect((await call('devices.get', { id: mean.device })).points).toEqual([])
})

test('a draft is checked as it is written, and nothing of it is kept', { timeout: 60_000 }, async () => {
  const { call, id } = await plant(600_000)
  const check = (text: string, is: 'temperature' | 'power' = 'temperature', trusting = false) =>
    call('virtual.check', { text, is, trusting, device: id })
  expect((await check('[circuit1.flow] + ')).fault).toMatchObject({ code: 'ended', at: 18 })
  expect((await check('[circuit1.flow] + [circuit1.return]')).fault).toMatchObject({ code: 'addTemperatures', at: 0, length: 35 })
  expect((await check('[circuit1.flow] - [circuit1.return]', 'power')).fault).toMatchObject({
    code: 'result',
    params: { found: 'K', wanted: 'kW' },
  })
  expect((await check('[circuit1.flow] - [circuit1.return]', 'power', true)).fault).toBeNull()
  expect((await check('42')).fault).toMatchObject({ code: 'noPoint' })
  const known = await check('max([circuit1.flow], [Mill Lane 3 / circuit1.return])')
  expect(known.inputs.map(({ point, deviceName }) => [point, deviceName])).toEqual([
    ['circuit1.flow', 'Mill Lane 3'],
    ['circuit1.return', 'Mill Lane 3'],
  ])
  expect(await call('virtual.list', {})).toEqual([])
})

const slots = 3 * 96

/** A gateway that has sent the energy of three days: 10 kWh each quarter hour, with one message lost and one exchange of the meter. */
async function pastOf(world: Awaited<ReturnType<typeof startWorld>>, first: number) {
  const gateway = await world.call('ingest.addGateway', { name: 'Router', zone: 'UTC' })
  const points = [{ key: 'energy', point: 'own.energy', title: 'Energy', is: 'energy', scale: 1 }] as const
  const device = await world.call('ingest.map', { id: gateway.id, member: 'house', name: 'House', points: [...points] })
  const message = Array.from({ length: slots }, (_, i) => ({
    device: 'house',
    ts: first + i * quarterHour,
    energy: i < 200 ? 5000 + i * 10 : (i - 200) * 10,
  }))
  const answer = await fetch(world.serving.url + gateway.path, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(message.filter((_one, i) => i !== 100)),
  })
  expect(answer.status).toBe(200)
  return device.id
}

test('the past is calculated in the background, goes on after a restart, and keeps holes as holes', { timeout: 90_000 }, async () => {
  const folder = newFolder()
  const world = await startWorld({ folder })
  const first = Math.floor(Date.now() / quarterHour) * quarterHour - (slots - 1) * quarterHour
  const device = await pastOf(world, first)
  const power = await world.call('virtual.save', { name: 'Power', text: 'delta([own.energy]) / 15 min', is: 'power', device })
  expect(power).toMatchObject({ past: true, fault: null })
  const tried = await world.call('virtual.test', { text: power.text, is: 'power', hours: 24 })
  expect(tried.at.length).toBeGreaterThan(90)
  expect([new Set(tried.value), tried.reasons]).toMatchObject([new Set([40, null]), [{ code: 'fell', times: 1 }]])

  const range = { from: first, to: first + slots * quarterHour }
  const job = await world.call('virtual.backfill', { id: power.id, ...range })
  await world.stop()
  const again = await startWorld({ folder })
  const [ended] = await eventually(
    () => again.call('virtual.jobs', {}),
    ([one]) => one?.state === 'done',
  )
  // The first sample, the one after the hole and the new meter have no increase; the hole itself has no sample, but the one before it.
  expect(ended).toMatchObject({ id: job.id, doneTo: job.to, rows: slots, absent: 4 })
  const { at, value } = await again.call('history.readings', { series: power.series, ...range })
  expect(at).toEqual(Array.from({ length: slots }, (_, i) => first + i * quarterHour))
  expect(value.flatMap((one, i) => (one === 40 ? [] : [[i, one]]))).toEqual([
    [0, null],
    [100, null],
    [101, null],
    [200, null],
  ])

  // Another formula from now on, and over the past where a person wants it.
  const half = await again.call('virtual.change', { id: power.id, name: 'Half', text: 'delta([own.energy]) / 30 min' })
  expect(half.series).toBe(power.series)
  const redo = async (replace: boolean) => {
    const { id } = await again.call('virtual.backfill', { id: power.id, ...range, replace })
    await eventually(
      () => again.call('virtual.jobs', {}),
      (jobs) => jobs.find((one) => one.id === id)?.state === 'done',
    )
    return (await again.call('history.readings', { series: power.series, ...range })).value
  }
  expect(await redo(false)).toEqual(value)
  expect(await redo(true)).toEqual(value.map((one) => (one === null ? null : 20)))

  // Half a century, ended by a person.
  const long = await again.call('virtual.backfill', { id: power.id, from: 0, to: range.to, replace: true })
  await again.call('virtual.cancel', { id: long.id })
  const stopped = (await again.call('virtual.jobs', {})).find((one) => one.id === long.id)
  expect(stopped?.state).toBe('cancelled')
  expect(stopped?.doneTo).toBeLessThan(range.from)
  await expect(again.call('virtual.cancel', { id: job.id })).rejects.toMatchObject({ code: 'notFound' })
})

test('quarter hours between the inputs and a stop are calculated after the next start', { timeout: 90_000 }, async () => {
  const folder = newFolder()
  let ahead = 0
  const clock = () => Date.now() + ahead
  const first = Math.floor(Date.now() / quarterHour) * quarterHour - (slots - 1) * quarterHour
  const world = await startWorld({ folder, clock })
  const device = await pastOf(world, first)
  const made = await world.call('virtual.save', { name: 'Double', text: '[own.energy] * 2', is: 'energy', device })
  await world.stop()

  // An hour later the gateway brings what it has kept, and the program ends at once.
  ahead = 3_600_000
  const later = await startWorld({ folder, clock })
  const [gateway] = await later.call('ingest.gateways', {})
  const { token } = await later.call('ingest.makeToken', { id: gateway?.id as string })
  const next = first + slots * quarterHour
  const answer = await fetch(later.serving.url + (gateway?.path as string), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([0, 1, 2].map((i) => ({ device: 'house', ts: next + i * quarterHour, energy: 2000 + i }))),
  })
  expect(answer.status).toBe(200)
  await later.stop()

  const again = await startWorld({ folder, clock })
  const { at, value } = await eventually(
    () => again.call('history.readings', { series: made.series, from: next, to: next + 3 * quarterHour }),
    (line) => line.at.length === 3,
  )
  expect(at).toEqual([0, 1, 2].map((i) => next + i * quarterHour))
  expect(value).toEqual([4000, 4002, 4004])
})
