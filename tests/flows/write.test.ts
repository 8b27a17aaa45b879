import { expect, test } from 'vitest'
import type { Role } from '#shared/contract.ts'
import { createToken } from '../../src-main/users/credentials.ts'
import { startLine } from './line.ts'
import { caller, eventually, listen, startControllers, startWorld } from './world.ts'

/** A Hearthgrid with one simulated ECL, and a caller for each role. */
async function plant() {
  const { ports } = await startControllers()
  const line = await startLine(ports[0] as number)
  const world = await startWorld()
  const device = await world.call('devices.add', { host: '127.0.0.1', port: line.port, unit: 1, name: 'One', simulated: true })
  const { points } = await world.call('devices.get', { id: device.id })
  const pointOf = (id: string) => {
    const found = points.find((point) => point.id === id)
    if (!found) throw new Error(`no point ${id}`)
    return found
  }
  const as = async (role: Role) =>
    caller(world.serving, await createToken(world.serving.host.database, { name: `a ${role}`, role }, Date.now()))
  const held = async (id: string) =>
    (await world.call('devices.readSettings', { id: device.id })).find(({ series }) => series === pointOf(id).series)?.value
  const entries = async () => (await world.call('audit.list', {})).entries.filter(({ kind }) => kind === 'setting')
  return { ...world, device, pointOf, as, held, entries, line }
}

const slope = 'circuit1.slope'

test('the slope of a heat curve is changed in the controller, seen live, and noted with old and new', { timeout: 60_000 }, async () => {
  const { call, serving, token, device, pointOf, as, held, entries, line } = await plant()
  const { series, write } = pointOf(slope)
  expect(write).toMatchObject({ level: 'limited', warn: [], barred: null })
  const socket = await listen(serving, token)
  socket.watch([series])

  const limited = await as('limited')
  const result = await limited('devices.write', { id: device.id, point: slope, value: 1.3, expect: 1.2 })
  expect(result).toMatchObject({ outcome: 'done', from: 1.2, found: 1.3, foundAt: expect.any(Number), code: null })
  expect(line.writes).toBe(1)
  expect(await held(slope)).toBe(1.3)
  const live = await socket.until(
    (event): event is Extract<typeof event, { event: 'readings' }> =>
      event.event === 'readings' && event.value[event.series.indexOf(series)] === 1.3,
  )
  expect(live.series).toContain(series)
  await socket.until((event): event is Extract<typeof event, { event: 'changed' }> => event.event === 'changed' && event.kind === 'setting')

  const [entry] = await entries()
  expect(entry).toMatchObject({ actor: 'a limited', via: 'api', operation: 'devices.write', subject: device.id, result: 'done' })
  expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ from: 1.2, to: 1.3, found: 1.3 })
  expect(await call('audit.settingChanges', { id: device.id })).toEqual([
    {
      point: slope,
      at: entry?.at,
      actor: 'a limited',
      outcome: 'done',
      from: 1.2,
      to: 1.3,
      found: 1.3,
      foundAt: result.foundAt,
      code: null,
    },
  ])
})

test('the role that a setting needs belongs to the setting', { timeout: 60_000 }, async () => {
  const { device, as, held, entries } = await plant()
  const ask = async (role: Role, point: string, value: number, expected: number) =>
    (await as(role))('devices.write', { id: device.id, point, value, expect: expected }).then(
      ({ outcome }) => outcome,
      ({ code, params }: { code: string; params: Record<string, unknown> }) => [code, params['needed']],
    )
  expect(await ask('readonly', slope, 1.3, 1.2)).toEqual(['access.denied', 'basic'])
  expect(await ask('basic', slope, 1.3, 1.2)).toEqual(['access.denied', 'limited'])
  expect(await ask('limited', 'relay1.override', 1, 0)).toEqual(['access.denied', 'full'])
  expect(await held(slope)).toBe(1.2)
  const comfort = (await held('circuit1.comfort')) as number
  expect(await ask('basic', 'circuit1.comfort', comfort + 0.5, comfort)).toBe('done')
  expect(await ask('limited', slope, 1.3, 1.2)).toBe('done')
  expect((await entries()).map(({ actor, result }) => [actor, result])).toEqual([
    ['a limited', 'done'],
    ['a basic', 'done'],
    ['a limited', 'access.denied'],
    ['a basic', 'access.denied'],
  ])
})

test('what does not fit is refused before anything is sent', { timeout: 60_000 }, async () => {
  const { call, device, held, line } = await plant()
  const ask = (point: string, value: number, expected: number | null, more = {}) =>
    call('devices.write', { id: device.id, point, value, expect: expected, ...more }).then(
      ({ outcome }) => outcome,
      ({ code, params }: { code: string; params: unknown }) => [code, params],
    )
  expect(await ask(slope, 40, 1.2)).toEqual(['write.outOfRange', { point: slope, value: 40, min: 0.1, max: 4 }])
  expect(await ask(slope, 1.25, 1.2)).toMatchObject(['input.invalid', {}])
  expect(await ask(slope, 1.3, 1.1)).toEqual(['write.conflict', { found: 1.2 }])
  expect(await ask(slope, 1.3, null)).toEqual(['write.conflict', { found: 1.2 }])
  expect(await ask('outdoor', 5, 4)).toMatchObject(['write.barred', { bar: 'readOnly' }])
  expect(await ask('no.such', 5, 4)).toMatchObject(['notFound', {}])
  expect(await held(slope)).toBe(1.2)
  expect(line.writes).toBe(0)
})

test('what reaches further than its own value is confirmed first', { timeout: 60_000 }, async () => {
  const { call, device, pointOf, held } = await plant()
  expect(pointOf('circuit1.mode').write?.warn).toEqual(['mode'])
  const change = { id: device.id, point: 'circuit1.mode', value: 3, expect: (await held('circuit1.mode')) as number }
  await expect(call('devices.write', change)).rejects.toMatchObject({ code: 'write.confirm', params: { warn: 'mode' } })
  expect(await held('circuit1.mode')).toBe(change.expect)
  expect(await call('devices.write', { ...change, confirm: true })).toMatchObject({ outcome: 'done', found: 3 })
  // Manual mode stops the control of all circuits and frost protection: it is not offered, confirmed or not.
  await expect(call('devices.write', { ...change, expect: 3, value: 0, confirm: true })).rejects.toMatchObject({ code: 'write.outOfRange' })
})

test('of two changes of the same setting at once one is made', { timeout: 60_000 }, async () => {
  const { call, device, entries, line } = await plant()
  const change = (value: number) => call('devices.write', { id: device.id, point: slope, value, expect: 1.2 })
  const both = await Promise.allSettled([change(1.3), change(1.4)])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const codes = (await entries()).map(({ result }) => result)
  expect(codes.filter((code) => code === 'done')).toHaveLength(1)
  expect(codes.some((code) => code === 'busy' || code === 'write.conflict')).toBe(true)
  expect(line.writes).toBe(1)
})

test('a write whose answer is lost is unknown, never done, and says what was found', { timeout: 60_000 }, async () => {
  const { call, device, line, entries } = await plant()
  line.manner = 'cut'
  const result = await call('devices.write', { id: device.id, point: slope, value: 1.3, expect: 1.2 })
  expect(result).toMatchObject({ outcome: 'unknown', from: 1.2, found: 1.3 })
  expect(line.writes).toBe(1)
  expect((await entries())[0]).toMatchObject({ result: 'unknown', closedAt: expect.any(Number) })
})

test(
  'a worker that dies with a write leaves it unknown; it is not sent again, and the log learns what is held',
  { timeout: 60_000 },
  async () => {
    const { call, serving, device, line } = await plant()
    line.manner = 'swallow'
    const change = call('devices.write', { id: device.id, point: slope, value: 1.3, expect: 1.2 })
    await eventually(
      () => line.writes,
      (count) => count === 1,
    )
    await serving.host.workers.acquisition.crash()
    expect(await change).toEqual({ outcome: 'unknown', from: 1.2, found: null, foundAt: null, code: null })
    const [known] = await eventually(
      () => call('audit.settingChanges', { id: device.id }),
      ([last]) => last !== undefined && last.foundAt !== null,
    )
    expect(known).toMatchObject({ outcome: 'unknown', from: 1.2, to: 1.3, found: 1.3 })
    expect(line.writes).toBe(1)
  },
)
