import { expect, onTestFinished, test } from 'vitest'
import { RtuPeer, rtuAnswer, spoilt, type RtuAsked } from '../../src-worker/acquisition/testing/rtu-peer.ts'
import { ecl } from './bus.ts'
import { eventually, startWorld } from './world.ts'

type Manner = (answer: Buffer, asked: RtuAsked) => Buffer | undefined

/** Three controllers behind a converter, read by a whole Hearthgrid. `manner` is what the bus does with each answer. */
async function startLine() {
  const bus: { manner: Manner } = { manner: (answer) => answer }
  const registers = new Map([1, 2, 3].map((unit) => [unit, ecl(1000 + unit)]))
  const peer = new RtuPeer((asked) => {
    const held = registers.get(asked.unit)
    if (!held) return undefined
    const answer = rtuAnswer(asked, (address) => held.get(address) ?? 0)
    return bus.manner(answer, asked)
  })
  const port = await peer.listen()
  onTestFinished(() => peer.close())
  const world = await startWorld()
  const ids: string[] = []
  for (const unit of registers.keys()) {
    const { id } = await world.call('devices.add', { way: 'modbus-rtu-tcp', host: '127.0.0.1', port, unit, name: `House ${unit}` })
    ids.push(id)
  }
  const [device = ''] = ids
  const { points } = await world.call('devices.get', { id: device })
  // Far from each other, so that each is a request of its own.
  const settings = points.filter(({ role }) => role === 'setting').flatMap(({ id }, i) => (i % 12 === 0 ? id : []))
  const look = (since = 0) => world.call('acquisition.line', { device, since })
  /** Settings are read again and again until the doctor says it; the test's time limit ends a wait in vain. */
  const findsOut = (cause: string) =>
    eventually(
      async () => {
        await Promise.allSettled(ids.map((id) => world.call('devices.readSettings', { id, points: settings })))
        return (await look()).causes
      },
      (causes) => causes[0]?.cause === cause,
    )
  await findsOut('fine')
  const tryNow = (id = '') => world.call('acquisition.tryNow', { device: id })
  return { bus, look, findsOut, ids, tryNow }
}

const limit = { timeout: 40_000 }

test('the doctor names a dead device, and is content when it is back', limit, async () => {
  const { bus, findsOut, ids, tryNow } = await startLine()
  bus.manner = (answer, { unit }) => (unit === 2 ? undefined : answer)
  expect((await findsOut('silentOne'))[0]).toEqual({ cause: 'silentOne', device: ids[1], params: { name: 'House 2', unit: 2 } })
  bus.manner = (answer) => answer
  await eventually(
    () => tryNow(ids[1]),
    ({ state }) => state === 'online',
  )
  await findsOut('fine')
})

test('the doctor tells damage on the line from damage at one device', limit, async () => {
  const { bus, findsOut, ids } = await startLine()
  let turn = 0
  bus.manner = (answer, { unit }) => (unit === 3 && ++turn % 4 === 0 ? spoilt(answer) : answer)
  expect((await findsOut('damagedOne'))[0]).toMatchObject({ device: ids[2], params: { name: 'House 3', unit: 3 } })
  bus.manner = (answer) => (++turn % 4 === 0 ? spoilt(answer) : answer)
  await findsOut('damaged')
})

test('the doctor names a device that holds up the others', limit, async () => {
  const { bus, findsOut, ids } = await startLine()
  bus.manner = (answer, { unit, socket }) => {
    if (unit !== 1) return answer
    setTimeout(() => socket.write(answer), 250)
    return undefined
  }
  expect((await findsOut('slowOne'))[0]).toMatchObject({ device: ids[0], params: { name: 'House 1', unit: 1 } })
})

test('what passes on a line is shown while somebody looks, each message once', limit, async () => {
  const { look, ids, findsOut } = await startLine()
  const first = await look()
  await findsOut('fine')
  const { messages, next, lost, units, load } = await look(first.next)
  expect(lost).toBe(0)
  expect(messages.length).toBeGreaterThan(10)
  expect(messages.map(({ n }) => n)).toEqual(Array.from({ length: messages.length }, (_, i) => first.next + 1 + i))
  expect(messages.at(-1)?.n).toBe(next)
  const [sent, received] = messages.slice(messages.findIndex(({ direction }) => direction === 'sent'))
  expect([sent?.direction, sent?.hex.length]).toEqual(['sent', 16])
  expect(received?.direction).toBe('received')
  expect(received?.hex.slice(0, 2)).toBe(sent?.hex.slice(0, 2))
  expect(units.map(({ device }) => device)).toEqual(ids)
  expect(load).toBeGreaterThan(0)
  for (const unit of units) expect(unit.spread.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10)
  expect((await look(next)).messages.length).toBeLessThan(messages.length)
})
