import { expect, test } from 'vitest'
import type { FigureName } from '#shared/alarms/kpi-contract.ts'
import { ruleOf } from './alarm-rule.ts'
import { startHouses } from './alarms-world.ts'
import { eventually } from './world.ts'

const day = 86_400_000

test('what houses raise, people acknowledge and shelve stands in the figures and in the report of the month', async () => {
  const world = await startHouses(['Mill Lane 3', 'School'])
  const { call, send, open, serving, token } = world
  const figures = async () => {
    const kpi = await call('alarms.kpi', { from: Date.now() - 30 * day, to: Date.now() + day })
    return { kpi, value: (name: FigureName) => kpi.figures.find((one) => one.name === name)?.value }
  }
  expect((await figures()).value('alarmCount')).toBe(0)

  await world.addRule(ruleOf({ priority: 'high' }))
  await send({ 'Mill Lane 3': { flow: 85 } })
  await send({ School: { flow: 86 } })
  const rows = await eventually(open, (found) => found.length === 2)
  const [mill, school] = ['Mill Lane 3', 'School'].map((name) => rows.find(({ deviceName }) => deviceName === name)?.id ?? '')
  await call('alarms.acknowledge', { ids: [mill ?? ''] })
  await call('alarms.shelve', { ids: [school ?? ''], minutes: 30, reason: 'plumber is there' })
  await send({ School: { flow: 40 } })
  await send({ School: { flow: 90 } })

  const { kpi, value } = await figures()
  // What came again on the shelf was not to be seen.
  expect(['alarmCount', 'neverAcknowledged', 'shelved', 'outOfService'].map((name) => value(name as FigureName))).toEqual([2, 1, 1, 0])
  const counts = Object.fromEntries(kpi.sources.map(({ deviceName, count }) => [deviceName, count]))
  expect(counts).toEqual({ 'Mill Lane 3': 1, School: 1 })
  expect(kpi.spread.find(({ priority }) => priority === 'high')?.count).toBe(2)

  const month = new Date(rows[0]?.raisedAt ?? 0).toISOString().slice(0, 7)
  const file = await fetch(`${serving.url}/api/v1/alarms/kpi/file?month=${month}`, { headers: { authorization: `Bearer ${token}` } })
  expect(file.headers.get('content-type')).toContain('text/csv')
  expect(file.headers.get('content-disposition')).toContain(`alarms-${month}.csv`)
  expect(await file.text()).toContain('source;Flow too hot;1;;;;Mill Lane 3;')
})
