import { expect, test } from 'vitest'
import type { Role } from '#shared/contract.ts'
import type { LiveEvent } from '#shared/live.ts'
import { createToken } from '../../src-main/users/credentials.ts'
import { startLine } from './line.ts'
import { caller, eventually, listen, newFolder, startControllers, startWorld } from './world.ts'

/** A Hearthgrid with one simulated ECL behind a line that the test can disturb. */
async function plant(options: { clock?: () => number; folder?: string } = {}) {
  const { ports } = await startControllers()
  const line = await startLine(ports[0] as number)
  const world = await startWorld(options)
  const device = await world.call('devices.add', { host: '127.0.0.1', port: line.port, unit: 1, name: 'One', simulated: true })
  const { points } = await world.call('devices.get', { id: device.id })
  const held = async (id: string, call = world.call) =>
    (await call('devices.readSettings', { id: device.id, points: [id] }))[0]?.value ?? null
  const as = async (role: Role) =>
    caller(world.serving, await createToken(world.serving.host.database, { name: `a ${role}`, role }, Date.now()))
  const write = (point: string, value: number, expected: number) =>
    world.call('devices.write', { id: device.id, point, value, expect: expected, confirm: true })
  const direct = { host: '127.0.0.1', port: ports[0] as number }
  return { ...world, device, points, held, as, write, line, direct }
}

type Readings = Extract<LiveEvent, { event: 'readings' }>

const relay = 'relay1.override'
const comfort = 'circuit1.comfort'

test('what is not on automatic is listed with who set it, and released by truthful writes', { timeout: 60_000 }, async () => {
  const { call, device, write, held, as } = await plant()
  // Otherwise its states are known with the next quarter hour.
  expect(await held('hotWater.mode')).toBe(2)
  const before = await eventually(
    () => call('overrides.list', {}),
    (list) => list.length > 0,
  )
  // The simulated controller comes with its hot water on constant comfort: nobody here set that.
  expect(before).toMatchObject([{ device: device.id, kind: 'mode', point: { id: 'hotWater.mode' }, value: 2, automatic: 1, by: null }])

  expect(await write(relay, 2, 0)).toMatchObject({ outcome: 'done' })
  const [, forced] = await call('overrides.list', {})
  expect(forced).toMatchObject({
    point: { id: relay },
    kind: 'output',
    value: 2,
    automatic: 0,
    by: expect.any(String),
    needs: 'full',
    present: true,
  })

  const points = (await call('overrides.list', {})).map(({ point, value }) => ({ device: device.id, point: point.id, value }))
  await (
    await as('limited')
  )('overrides.release', { points })
  const limited = await eventually(
    () => call('overrides.releaseStatus', {}),
    ({ release }) => release?.state === 'done',
  )
  expect(limited.release).toMatchObject({
    done: 2,
    total: 2,
    results: [
      { point: 'hotWater.mode', outcome: 'done', failure: null },
      { point: relay, outcome: null, failure: { code: 'access.denied' } },
    ],
  })
  expect(await held('hotWater.mode')).toBe(1)
  expect(await held(relay)).toBe(2)

  await call('overrides.release', { points: [{ device: device.id, point: relay, value: 2 }] })
  await eventually(
    () => call('overrides.list', {}),
    (list) => list.length === 0,
  )
  expect(await held(relay)).toBe(0)
  const entries = (await call('audit.list', {})).entries.filter(({ operation }) => operation === 'devices.write')
  expect(entries.map(({ actor, result }) => [actor, result])).toContainEqual(['a limited', 'done'])
})

test('what changed meanwhile is not released blindly', { timeout: 60_000 }, async () => {
  const { call, device, write, held } = await plant()
  await write(relay, 2, 0)
  await call('overrides.release', { points: [{ device: device.id, point: relay, value: 1 }] })
  const { release } = await eventually(
    () => call('overrides.releaseStatus', {}),
    (status) => status.release?.state === 'done',
  )
  expect(release?.results).toMatchObject([{ outcome: null, failure: { code: 'write.conflict' } }])
  expect(await held(relay)).toBe(2)
})

test('a lease that nobody renews gives the value back', { timeout: 60_000 }, async () => {
  let ahead = 0
  const { call, device, held, line } = await plant({ clock: () => Date.now() + ahead })
  const seen = (await held(comfort)) as number
  const asked = { device: device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 60, expect: seen, owner: 'a relay' }
  const lease = await call('overrides.lease', asked)
  expect(lease).toMatchObject({ state: 'active', outcome: 'done', owner: 'a relay' })
  expect(await held(comfort)).toBe(seen + 1)
  await expect(call('overrides.lease', { ...asked, expect: seen + 1 })).rejects.toMatchObject({ code: 'conflict' })

  ahead += 50_000
  expect((await call('overrides.renew', { id: lease.id })).expiresAt).toBeGreaterThan(lease.expiresAt)
  ahead += 50_000
  expect(await held(comfort)).toBe(seen + 1)
  ahead += 20_000
  const [ended] = await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'ended',
  )
  expect(ended).toMatchObject({ reason: 'expired', outcome: 'done', attempts: 1 })
  expect(await held(comfort)).toBe(seen)
  expect(line.writes).toBe(2)
  const [entry] = (await call('audit.list', {})).entries.filter(({ operation }) => operation === 'devices.write')
  expect(entry).toMatchObject({ actor: 'Hearthgrid', via: 'system', result: 'done' })
})

test('a lease without contact waits, and is given back when the controller answers again', { timeout: 60_000 }, async () => {
  let ahead = 0
  const { call, device, held, line } = await plant({ clock: () => Date.now() + ahead })
  const seen = (await held(comfort)) as number
  const asked = { device: device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 30, expect: seen, owner: 'a relay' }
  const { id } = await call('overrides.lease', asked)
  line.down()
  await call('acquisition.tryNow', { device: device.id })
  ahead += 31_000
  const waiting = await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'returning',
  )
  expect(waiting[0]).toMatchObject({ id, reason: 'expired', attempts: 0 })
  await line.up()
  await call('acquisition.tryNow', { device: device.id })
  await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'ended',
  )
  expect(await held(comfort)).toBe(seen)
  expect(line.writes).toBe(2)
})

test('a lease lives over a restart', { timeout: 60_000 }, async () => {
  let ahead = 0
  const clock = () => Date.now() + ahead
  const folder = newFolder()
  const first = await plant({ clock, folder })
  const seen = (await first.held(comfort)) as number
  const asked = { device: first.device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 30, expect: seen, owner: 'a relay' }
  await first.call('overrides.lease', asked)
  await first.stop()
  ahead += 3_600_000
  const { call } = await startWorld({ clock, folder })
  const [ended] = await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'ended',
  )
  expect(ended).toMatchObject({ reason: 'expired', outcome: 'done' })
  expect(await first.held(comfort, call)).toBe(seen)
})

test('what somebody set at the controller ends a lease without a write', { timeout: 60_000 }, async () => {
  let ahead = 0
  const { call, device, held, line, write } = await plant({ clock: () => Date.now() + ahead })
  const seen = (await held(comfort)) as number
  const asked = { device: device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 30, expect: seen, owner: 'a relay' }
  await call('overrides.lease', asked)
  await write(comfort, seen + 2, seen + 1)
  const [ended] = await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'ended',
  )
  expect(ended).toMatchObject({ reason: 'conflict', found: seen + 2, attempts: 0 })
  // At once, and not when its time was over.
  expect(ended?.endedAt).toBeLessThan(ended?.expiresAt ?? 0)
  ahead += 60_000
  expect(await held(comfort)).toBe(seen + 2)
  expect(line.writes).toBe(2)
})

test('a lease ends on request, only by whoever took it or may do everything', { timeout: 60_000 }, async () => {
  const { call, device, held, as } = await plant()
  const seen = (await held(comfort)) as number
  const asked = { device: device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 600, expect: seen, owner: 'a relay' }
  const { id } = await call('overrides.lease', asked)
  const basic = await as('basic')
  await expect(basic('overrides.renew', { id })).rejects.toMatchObject({ code: 'access.denied' })
  await expect(basic('overrides.endLease', { id })).rejects.toMatchObject({ code: 'access.denied' })
  expect(await (await as('full'))('overrides.endLease', { id })).toMatchObject({ state: 'ended', reason: 'released', outcome: 'done' })
  expect(await held(comfort)).toBe(seen)
  await expect(call('overrides.lease', { ...asked, fallback: 200 })).rejects.toMatchObject({ code: 'write.outOfRange' })
  await expect(call('overrides.lease', { ...asked, expect: seen + 5 })).rejects.toMatchObject({ code: 'write.conflict' })
  expect((await call('overrides.leases', {})).filter(({ state }) => state !== 'ended')).toEqual([])
})

test('a program that writes a setting too often in a day is stopped, and giving back is not', { timeout: 60_000 }, async () => {
  let ahead = 0
  const { call, device, write } = await plant({ clock: () => Date.now() + ahead })
  const { limit } = await call('devices.writeCounts', { id: device.id })
  for (let i = 0; i < limit; i++) await write(relay, i % 2 === 0 ? 2 : 1, i === 0 ? 0 : i % 2 === 0 ? 1 : 2)
  await expect(write(relay, 2, 1)).rejects.toMatchObject({ code: 'write.limit', params: { limit } })
  expect(await write(relay, 0, 1)).toMatchObject({ outcome: 'done' })
  const counts = async () => (await call('devices.writeCounts', { id: device.id })).points
  expect(await counts()).toEqual([{ point: relay, today: limit + 1, total: limit + 1 }])
  ahead += 24 * 3_600_000
  expect(await counts()).toEqual([{ point: relay, today: 0, total: limit + 1 }])
  expect(await write(relay, 2, 0)).toMatchObject({ outcome: 'done' })
  expect(await counts()).toEqual([{ point: relay, today: 1, total: limit + 2 }])
})

test('a lease of which nobody knows whether it was taken is given back all the same', { timeout: 60_000 }, async () => {
  let ahead = 0
  const { call, device, held, line } = await plant({ clock: () => Date.now() + ahead })
  const seen = (await held(comfort)) as number
  line.manner = 'cut'
  const asked = { device: device.id, point: comfort, value: seen + 1, fallback: seen, lifetimeS: 30, expect: seen, owner: 'a relay' }
  expect(await call('overrides.lease', asked)).toMatchObject({ state: 'active', outcome: 'unknown' })
  ahead += 31_000
  const [ended] = await eventually(
    () => call('overrides.leases', {}),
    ([one]) => one?.state === 'ended',
  )
  // The answer to the fallback is lost as well: the next attempt finds it there and writes nothing.
  expect(ended).toMatchObject({ reason: 'expired', outcome: 'unknown', attempts: 1 })
  expect(await held(comfort)).toBe(seen)
  expect(line.writes).toBe(2)
})

test('what stood when contact was lost is still listed, also after a restart', { timeout: 60_000 }, async () => {
  const folder = newFolder()
  const { call, serving, token, device, write, line, stop } = await plant({ folder })
  await write(relay, 1, 0)
  const listed = async (ask: typeof call) => (await ask('overrides.list', {})).find(({ point }) => point.id === relay)
  const before = await listed(call)
  expect(before).toMatchObject({ value: 1, present: true, by: expect.any(String) })
  // Whoever looks at it is told that it has no value now; it stands all the same.
  const series = before?.point.series ?? 0
  const socket = await listen(serving, token)
  socket.watch([series])
  await socket.until((event): event is Readings => event.event === 'readings' && event.series.includes(series))
  line.down()
  await call('acquisition.tryNow', { device: device.id })
  await socket.until((event): event is Readings => event.event === 'readings' && event.value[event.series.indexOf(series)] === null)
  await eventually(
    () => listed(call),
    (one) => one === undefined || !one.present,
  )
  expect(await listed(call)).toEqual({ ...before, present: false })
  await stop()
  const { call: again } = await startWorld({ folder })
  expect(await listed(again)).toEqual({ ...before, present: false })
  await line.up()
  await again('acquisition.tryNow', { device: device.id })
  await eventually(
    () => listed(again),
    (one) => one?.present === true,
  )
  await again('devices.remove', { id: device.id })
  expect(await again('overrides.list', {})).toEqual([])
})
