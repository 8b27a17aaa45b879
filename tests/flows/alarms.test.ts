import { expect, test } from 'vitest'
import { ruleOf, tooHot } from './alarm-rule.ts'
import { startHouses } from './alarms-world.ts'
import { eventually, listen, newFolder } from './world.ts'

test('a limit alarm is raised, announced, acknowledged while active, cleared behind its deadband, and kept', async () => {
  const world = await startHouses(['Mill Lane 3'])
  const { call, send, open } = world
  const rule = await world.addRule(ruleOf())
  const socket = await listen(world.serving, world.token)
  await send({ 'Mill Lane 3': { flow: 79.9 } })
  expect(await open()).toEqual([])
  const raisedAt = await send({ 'Mill Lane 3': { flow: 81.5 } })
  const event = await socket.until((one): one is Extract<typeof one, { event: 'alarms' }> => one.event === 'alarms' && one.ids.length === 1)
  const [row] = await open()
  expect(row).toMatchObject({
    id: event.ids[0],
    state: 'unacknowledged',
    active: true,
    priority: 'medium',
    ruleName: 'Flow too hot',
    deviceName: 'Mill Lane 3',
    point: 'circuit1.flow',
    part: 'high',
    value: 81.5,
    raisedValue: 81.5,
    limit: 80,
    raisedAt,
    waiting: 1,
    respondBy: raisedAt + 3_600_000,
  })
  const id = row?.id ?? ''

  expect(await call('alarms.acknowledge', { ids: [id], comment: 'seen' })).toEqual({ done: 1, skipped: [] })
  expect(await open()).toMatchObject([{ state: 'acknowledged', acknowledged: { comment: 'seen' }, waiting: 0 }])
  expect(await call('alarms.acknowledge', { ids: [id] })).toEqual({ done: 0, skipped: [{ id, why: 'notSo' }] })

  await send({ 'Mill Lane 3': { flow: 78.5 } })
  expect(await open()).toMatchObject([{ state: 'acknowledged', active: true, value: 78.5 }])
  const clearedAt = await send({ 'Mill Lane 3': { flow: 77.5 } })
  await eventually(open, (rows) => rows.length === 0)
  const history = await call('alarms.history', { from: 0, to: Date.now() + 1000 })
  expect(history).toMatchObject({ total: 1, next: null })
  expect(history.rows[0]).toMatchObject({
    alarm: id,
    rule: rule.id,
    raisedAt,
    clearedAt,
    endedAt: clearedAt,
    value: 81.5,
    limit: 80,
    hidden: null,
  })
  const { happenings } = await call('alarms.get', { id })
  expect(happenings.map(({ what }) => what)).toEqual(['cleared', 'acknowledged', 'raised'])
  expect((await call('audit.list', {})).entries.some(({ operation }) => operation === 'alarms.acknowledge')).toBe(true)
})

test('what came and went unseen stays until somebody has seen it, and what comes again is another occurrence', async () => {
  const { send, open, call, addRule } = await startHouses(['House'])
  await addRule(ruleOf())
  for (const flow of [85, 70, 86, 70, 87, 70]) await send({ House: { flow } })
  const [row] = await eventually(open, ([one]) => one?.waiting === 3)
  expect(row).toMatchObject({ state: 'returned', active: false, raisedValue: 87 })
  expect(row?.recent).toHaveLength(3)
  await call('alarms.acknowledge', { ids: [row?.id ?? ''] })
  expect(await open()).toEqual([])
  const { rows } = await call('alarms.history', { from: 0, to: Date.now() })
  expect(rows.map(({ value, acknowledged, endedAt }) => [value, acknowledged !== null, endedAt !== null])).toEqual([
    [87, true, true],
    [86, true, true],
    [85, true, true],
  ])
})

test('a restart loses no alarm and makes none twice', async () => {
  const folder = newFolder()
  const first = await startHouses(['North', 'South', 'West'], { folder })
  await first.addRule(ruleOf())
  await first.send({ North: { flow: 90 }, South: { flow: 91 }, West: { flow: 92 } })
  const before = await eventually(first.open, (rows) => rows.length === 3)
  const idOf = (name: string) => before.find(({ deviceName }) => deviceName === name)?.id ?? ''
  await first.call('alarms.acknowledge', { ids: [idOf('North')] })
  await first.call('alarms.shelve', { ids: [idOf('West')], minutes: 30, reason: 'known' })
  await first.stop()

  const again = await startHouses([], { folder, token: first.gatewayToken })
  const states = async () => (await again.open()).map(({ deviceName, state, waiting }) => [deviceName, state, waiting])
  expect(await states()).toEqual([
    ['South', 'unacknowledged', 1],
    ['North', 'acknowledged', 0],
  ])
  expect((await again.call('alarms.list', { view: 'shelved' })).rows).toMatchObject([{ deviceName: 'West', shelf: { reason: 'known' } }])
  await again.send({ North: { flow: 90 }, South: { flow: 91 }, West: { flow: 92 } })
  await again.send({ North: { flow: 60 } })
  await eventually(again.open, (rows) => rows.length === 1)
  expect((await again.call('alarms.history', { from: 0, to: Date.now() })).total).toBe(3)
})

test('a shelved alarm is out of sight, comes back unacknowledged when its time is over, and is bound to its priority', async () => {
  let shift = 0
  const { send, open, call, addRule } = await startHouses(['House'], { clock: () => Date.now() + shift })
  await addRule(ruleOf({ priority: 'critical' }))
  await send({ House: { flow: 95 } })
  const [row] = await eventually(open, (rows) => rows.length === 1)
  const id = row?.id ?? ''
  expect(await call('alarms.acknowledge', { ids: [id] })).toEqual({ done: 0, skipped: [{ id, why: 'commentNeeded' }] })
  await call('alarms.acknowledge', { ids: [id], comment: 'on my way' })
  expect(await call('alarms.shelve', { ids: [id], minutes: 61, reason: 'repair' })).toEqual({ done: 0, skipped: [{ id, why: 'tooLong' }] })
  await call('alarms.shelve', { ids: [id], minutes: 60, reason: 'repair' })
  expect(await open()).toEqual([])
  expect(await call('alarms.summary', {})).toMatchObject({ open: 0, shelved: 1, newest: null, sounding: null })
  shift = 60 * 60_000
  const [back] = await eventually(open, (rows) => rows.length === 1)
  expect(back).toMatchObject({ state: 'unacknowledged', acknowledged: null, shelf: null })
  expect((await call('alarms.get', { id })).happenings[0]).toMatchObject({ what: 'shelfExpired', by: null })
})

test('the less severe level is hidden while the more severe one stands, and a device that is worked on is quiet', async () => {
  const { send, open, call, addRule, idOf } = await startHouses(['House'])
  await addRule(ruleOf({ test: { ...tooHot, highHigh: 90 } }))
  await send({ House: { flow: 85 } })
  await eventually(open, ([row]) => row?.part === 'high')
  await send({ House: { flow: 92 } })
  expect(await eventually(open, ([row]) => row?.part === 'highHigh')).toMatchObject([{ priority: 'high', beneath: 1 }])
  expect((await call('alarms.list', { view: 'suppressed' })).rows).toMatchObject([{ part: 'high', suppression: { reason: 'severe' } }])
  await send({ House: { flow: 85 } })
  const rows = await eventually(open, (all) => all.some(({ part }) => part === 'high'))
  expect(rows.map(({ part, state }) => [part, state])).toEqual([
    ['highHigh', 'returned'],
    ['high', 'unacknowledged'],
  ])

  await call('alarms.maintain', { device: idOf('House'), until: Date.now() + 60_000, reason: 'new pump' })
  expect(await open()).toEqual([])
  expect(await call('alarms.maintenance', {})).toMatchObject([{ reason: 'new pump' }])
  await call('alarms.maintain', { device: idOf('House'), until: null })
  expect((await eventually(open, (all) => all.length > 0)).map(({ part }) => part)).toContain('high')
})

test('rules are kept in versions, can be switched off, removed and brought back, and end what they raised', async () => {
  const { send, open, call, addRule, idOf } = await startHouses(['North', 'South'])
  const rule = await addRule(ruleOf({ overrides: [{ device: idOf('South'), values: { high: 95 } }] }))
  await send({ North: { flow: 90 }, South: { flow: 90 } })
  expect(await eventually(open, (rows) => rows.length > 0)).toMatchObject([{ deviceName: 'North' }])
  expect(await call('alarms.rule', { id: rule.id })).toMatchObject({
    effect: {
      conditions: 2,
      devices: [
        { name: 'North', points: ['circuit1.flow'], overridden: false },
        { name: 'South', overridden: true },
      ],
    },
  })
  const { id, version, library, createdAt, changedAt, changedBy, removedAt, ...content } = rule
  expect([library, removedAt, changedAt >= createdAt, changedBy.length > 0]).toEqual([null, null, true, true])
  const changed = await call('alarms.changeRule', { id, version, content: { ...content, test: { ...tooHot, high: 92 } }, reason: 'summer' })
  expect(changed.version).toBe(version + 1)
  await expect(call('alarms.changeRule', { id, version, content })).rejects.toMatchObject({ code: 'conflict' })
  await expect(addRule(ruleOf({ test: { ...tooHot, low: 85 } }))).rejects.toMatchObject({ code: 'input.invalid' })

  await send({ North: { flow: 89 } })
  await eventually(open, ([row]) => row?.state === 'returned')
  await call('alarms.removeRule', { id })
  expect(await open()).toEqual([])
  expect((await call('alarms.history', { from: 0, to: Date.now() })).rows).toMatchObject([
    { deviceName: 'North', ruleName: 'Flow too hot' },
  ])
  expect((await call('alarms.rules', { removed: 'yes' })).rules).toHaveLength(1)
  await call('alarms.restoreRule', { id })
  expect((await call('alarms.rules', {})).rules).toMatchObject([{ enabled: false, conditions: 0, week: 1 }])
  await call('alarms.enableRule', { id, enabled: true })
  await send({ North: { flow: 99 } })
  expect(await eventually(open, (rows) => rows.length === 1)).toMatchObject([{ limit: 92 }])
})

test('a flood is told with the alarm that it began with, also when values come late', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `House ${i}`)
  const { send, open, call, addRule } = await startHouses(names)
  await addRule(ruleOf())
  await send({ 'House 7': { flow: 90 } })
  const [first] = await eventually(open, (rows) => rows.length === 1)
  expect(await call('alarms.summary', {})).toMatchObject({ flood: { active: false, count: 1, firstOut: null } })
  await send(Object.fromEntries(names.map((name) => [name, { flow: 91 }])))
  await eventually(open, (rows) => rows.length === 12)
  expect((await call('alarms.list', {})).flood).toMatchObject({ active: true, count: 12, firstOut: first?.id })
})

test('history is filtered, paged and written as a file', async () => {
  const world = await startHouses(['North', 'South'])
  const { send, call, addRule } = world
  await addRule(ruleOf())
  for (let i = 0; i < 3; i++) {
    await send({ North: { flow: 90 + i }, South: { flow: 80.5 + i } })
    await send({ North: { flow: 50 }, South: { flow: 50 } })
  }
  const range = { from: 0, to: Date.now() }
  await eventually(
    () => call('alarms.history', range),
    ({ total }) => total === 6,
  )
  const first = await call('alarms.history', { ...range, words: 'nor', limit: 2 })
  expect([first.total, first.rows.map(({ value }) => value)]).toEqual([3, [92, 91]])
  const rest = await call('alarms.history', { ...range, words: 'nor', limit: 2, before: first.next ?? '' })
  expect([rest.next, rest.rows.map(({ value }) => value)]).toEqual([null, [90]])
  const url = new URL(`${world.serving.url}/api/v1/alarms/history.csv`)
  for (const [name, value] of Object.entries({ ...range, decimal: 'comma', words: '%' })) url.searchParams.set(name, String(value))
  const headers = { authorization: `Bearer ${world.token}` }
  expect((await (await fetch(url, { headers })).text()).split('\r\n')).toHaveLength(2)
  url.searchParams.delete('words')
  const text = await (await fetch(url, { headers })).text()
  expect(text.split('\r\n')).toHaveLength(8)
  expect(text).toContain(';South;;circuit1.flow;high;82,5;80;°C;')
})

test('a rule that looks back knows what history has: no start makes it wait anew', async () => {
  const folder = newFolder()
  const first = await startHouses(['Still', 'Lively'], { folder })
  for (let ago = 130; ago > 0; ago -= 10) await first.send({ Still: { flow: 60 }, Lively: { flow: 50 + (ago % 3) } }, ago * 60_000)
  const rule = ruleOf({ name: 'Stuck', test: { kind: 'stuck', points: ['circuit1.flow'], hours: 2, within: 0.05 } })
  await first.addRule(rule)
  await first.stop()
  const again = await startHouses([], { folder, token: first.gatewayToken })
  await again.send({ Still: { flow: 60 }, Lively: { flow: 51 } }, 0)
  expect(await eventually(again.open, (rows) => rows.length > 0)).toMatchObject([{ deviceName: 'Still', ruleName: 'Stuck' }])
  await again.send({ Still: { flow: 61 }, Lively: { flow: 52 } })
  await eventually(again.open, ([row]) => row?.state === 'returned')
})
