import { expect, onTestFinished, test } from 'vitest'
import { keyOf } from '#shared/alarms/condition-key.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import type { Finding } from '#shared/energy/contract.ts'
import type { Host } from '../../capability.ts'
import { Events } from '../../events.ts'
import type { PlantDevice } from '../../plant.ts'
import { createMeterSource } from './meters.ts'

const noon = Date.UTC(2026, 9, 5, 12)
const day = 24 * 3_600_000

const finding = (id: string, changes: Partial<Finding> = {}): Finding => ({
  id,
  rule: 'frozen',
  severity: 'alarm',
  device: 'a',
  devices: ['House a'],
  meter: null,
  series: null,
  point: null,
  from: noon - day,
  to: noon,
  figures: [],
  method: 1,
  openSince: noon - day,
  lastSeen: noon,
  closedAt: null,
  acknowledged: null,
  ...changes,
})

const devices = ['a', 'b'].map((id) => ({ id, name: `House ${id}`, address: { host: '10.0.0.1', port: 502, unit: 1 } }) as PlantDevice)

function world(severities: 'alarm' | 'all' = 'all', scope = devices) {
  const findings: Finding[] = []
  let asked = 0
  const events = new Events()
  const call = (async () => (asked++, structuredClone(findings))) as unknown as Host['call']
  const source = createMeterSource({ call, events })
  onTestFinished(() => source.stop?.())
  const rule = { id: 'r', test: { kind: 'meter', severities } } as Rule
  const said = new Map<string, [string, number]>()
  const tell = {
    verdict: (key: string, verdict: string, at: number) => said.set(key, [verdict, at]),
    beneath: () => undefined,
  }
  const look = async (at: number) => {
    await source.look(at, tell)
    const places = source.places(rule, scope)
    source.settle(new Map(places.map((place) => [keyOf(place), { place, rule }])))
    said.clear()
    await source.look(at, tell)
    return Object.fromEntries(said)
  }
  return { findings, events, look, source, rule, tell, said, asked: () => asked }
}

test('each open finding is beyond since it was found, by device, point and kind', async () => {
  const { findings, look, source, rule } = world()
  findings.push(
    finding('1'),
    finding('2', { rule: 'jump', meter: 'm1', series: 7, point: 'heat.energy' }),
    finding('3', { rule: 'noEnergy', meter: 'm1' }),
    finding('4', { rule: 'noEnergy', meter: 'b', device: 'b', openSince: noon - 2 * day }),
    finding('5', { rule: 'stuck', series: 9 }),
  )
  expect(await look(noon)).toEqual({
    'r|a||frozen': ['beyond', noon - day],
    'r|a|heat.energy|jump': ['beyond', noon - day],
    'r|a||noEnergy:m1': ['beyond', noon - day],
    'r|b||noEnergy': ['beyond', noon - 2 * day],
    'r|a||stuck:9': ['beyond', noon - day],
  })
  const places = source.places(rule, devices)
  expect(places.find(({ part }) => part === 'jump')).toMatchObject({ name: 'House a', line: '10.0.0.1:502', series: 7 })
})

test('what is gone is within since then, is kept for a week, and one of two that is still open counts', async () => {
  const { findings, look, events } = world()
  findings.push(finding('1'), finding('2', { rule: 'stuck', series: 9 }))
  await look(noon)
  findings.splice(
    0,
    2,
    finding('1', { closedAt: noon + 1000 }),
    finding('2', { rule: 'stuck', series: 9, closedAt: noon + 1000 }),
    finding('3', { rule: 'stuck', series: 9, openSince: noon + 2000 }),
  )
  events.announce({ event: 'changed', kind: 'finding', ids: [] })
  expect(await look(noon + 3000)).toEqual({ 'r|a||frozen': ['within', noon + 1000], 'r|a||stuck:9': ['beyond', noon + 2000] })
  expect(Object.keys(await look(noon + 8 * day))).toEqual(['r|a||stuck:9'])
})

test('what is explained is told at once, without conditions being made anew', async () => {
  const { findings, look, events, source, tell, said } = world()
  findings.push(finding('1', { rule: 'jump' }))
  await look(noon)
  findings[0] = finding('1', { rule: 'jump', closedAt: noon + 500 })
  events.announce({ event: 'changed', kind: 'finding', ids: [] })
  await source.look(noon + 1000, tell)
  expect(said.get('r|a||jump')).toEqual(['within', noon + 500])
})

test('values that stood still together are one condition of all devices, also when it is found again', async () => {
  const { findings, look, source, rule } = world()
  const together = { rule: 'gateway' as const, device: null }
  findings.push(finding('1', { ...together, devices: ['House b', 'House a'] }))
  const [key] = Object.keys(await look(noon))
  expect(key).toBe('r|||gateway:House a,House b')
  expect(source.places(rule, devices)).toMatchObject([{ device: '', name: 'House b, House a', line: '' }])
  findings[0] = finding('2', { ...together, devices: ['House a', 'House b'] })
  expect(Object.keys(await look(noon + day))).toEqual([key])
})

test('a rule sees findings of its devices and of its severity only', async () => {
  const list = [
    finding('1', { severity: 'warning' }),
    finding('2', { device: 'b', devices: ['House b'] }),
    finding('3', { device: null, rule: 'gateway', devices: ['Elsewhere'] }),
    finding('4', { device: null, devices: ['House b'] }),
  ]
  const keys = async (one: ReturnType<typeof world>) => {
    one.findings.push(...list)
    return Object.keys(await one.look(noon))
  }
  expect(await keys(world('alarm'))).toEqual(['r|b||frozen', 'r|||frozen:House b'])
  expect(await keys(world('all', devices.slice(0, 1)))).toEqual(['r|a||frozen'])
})

test('findings are asked for when they change and every ten minutes, not every second', async () => {
  const { source, tell, asked, events } = world()
  for (let at = noon; at < noon + 599_000; at += 1000) await source.look(at, tell)
  expect(asked()).toBe(1)
  await source.look(noon + 600_000, tell)
  expect(asked()).toBe(2)
  events.announce({ event: 'changed', kind: 'finding', ids: [] })
  await source.look(noon + 601_000, tell)
  expect(asked()).toBe(3)
})
