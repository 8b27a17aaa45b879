import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { earlyIds, noon, point, Town } from '../../../src-worker/acquisition/testing/town.ts'
import { cable, needPrograms, pymodbus, when } from './programs.ts'

beforeAll(needPrograms)

const points = Array.from({ length: 20 }, (_, i) => point(`p${i}`, i, { scale: 1 }))
const units = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const dead = 7

test('one dead device on a serial line costs the others nothing but its own time-outs', async () => {
  const { near, far } = await cable()
  pymodbus(
    'serial',
    far,
    units.filter((unit) => unit !== dead),
  )
  const town = new Town(noon + 60_000, { answerMs: 400, graceMs: 300 })
  onTestFinished(() => town.close())
  const ids = earlyIds(units.length, 0.2)
  for (const [i, unit] of units.entries()) {
    town.add(0, points, {
      device: ids[i] ?? '',
      address: { way: 'modbus-serial', host: near, port: 0, unit, serial: { baud: 19200, parity: 'none', stop: 1 } },
      series: points.map((_, k) => unit * 1000 + k),
      limits: { block: 20, gap: 0, functions: [3] },
    })
  }
  const stateOf = (unit: number) => town.last(ids[units.indexOf(unit)])?.contact.state
  await when(() => units.every((unit) => stateOf(unit) === (unit === dead ? 'offline' : 'online')))
  const from = town.readings.length
  const before = new Map(ids.map((id) => [id, town.last(id)?.failures]))
  await town.fleet.handlers.watch({ series: units.map((unit) => unit * 1000 + 5) })
  const read = () => new Set(town.readings.slice(from).flatMap(({ series, value }) => (value === 35 ? Math.floor(series / 1000) : [])))
  await when(() => read().size === units.length - 1)
  expect(read().has(dead)).toBe(false)
  const living = ids.filter((_, i) => units[i] !== dead)
  expect(living.map((id) => town.last(id)?.contact.state)).toEqual(living.map(() => 'online'))
  expect(living.map((id) => town.last(id)?.failures)).toEqual(living.map((id) => before.get(id)))
  expect(town.last(ids[units.indexOf(dead)])?.contact.failure).toMatchObject({ code: 'device.silent', params: { unit: dead } })
})

test('a device that wants another speed on the same port is refused by name, and disturbs nobody', async () => {
  const { near, far } = await cable()
  pymodbus('serial', far, [1, 2])
  const town = new Town(noon + 60_000, { answerMs: 400 })
  onTestFinished(() => town.close())
  const [first = '', second = ''] = earlyIds(2)
  const at = (unit: number, baud: number) =>
    ({ way: 'modbus-serial', host: near, port: 0, unit, serial: { baud, parity: 'none', stop: 1 } }) as const
  town.add(0, points, { device: first, address: at(1, 19200) })
  town.add(0, points, { device: second, address: at(2, 9600) })
  await when(() => town.last(first)?.contact.state === 'online' && town.last(second)?.contact.state === 'offline')
  expect(town.last(second)?.contact.failure).toEqual({
    code: 'device.lineSettings',
    params: { host: near, port: 0, open: '19200 8N1', wanted: '9600 8N1' },
  })
  // Once the first is gone, the line is free for the other.
  await town.fleet.handlers.remove({ device: first })
  expect(await town.fleet.handlers.tryNow({ device: second })).toMatchObject({ state: 'online' })
})
