import { afterEach, describe, expect, it } from 'vitest'
import { exception, freePort, Peer, registers, type Manner } from './testing/peer.ts'
import { noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

function town(): Town {
  const made = new Town(noon + 6 * 60_000)
  open.push(made)
  return made
}

async function peer(manner: Manner): Promise<Peer> {
  const made = new Peer(manner)
  open.push(made)
  await made.listen()
  return made
}

const blocks = [
  { area: 'holding' as const, address: 10, count: 2 },
  { area: 'holding' as const, address: 200, count: 1 },
]
const at = (port: number, unit = 1) => ({ address: { host: '127.0.0.1', port, unit }, blocks, serviceUnit: 254, timeoutMs: 200 })

describe('a probe', () => {
  it('brings raw words and null for what the device does not have, and closes its connection', async () => {
    const device = await peer((asked) => (asked.address === 200 ? exception(asked, 2) : registers(asked, (address) => 65500 + address)))
    const found = await town().fleet.handlers.probe(at(device.port))
    expect(found).toEqual({ words: [[65510, 65511], null], unit: 1, answerMs: expect.any(Number) })
    await until(() => device.sockets.size === 0)
    expect(device.connections).toBe(1)
  })

  it('uses the connection that is open there, and leaves it open', async () => {
    const device = await peer((asked) => registers(asked))
    const here = town()
    here.add(device.port, [point('a', 1)], { lastSlot: noon })
    await until(() => here.states().includes('online'))
    await here.fleet.handlers.probe(at(device.port))
    await here.fleet.handlers.readNow({ device: here.last()?.device ?? '', points: ['a'] })
    expect(device.connections).toBe(1)
  })

  it.each([
    [254, (unit: number) => unit === 254],
    [1, (unit: number) => unit === 1],
  ])('tells that unit %i answers where another was asked for', async (answersAt, answers) => {
    const device = await peer((asked) => (answers(asked.unit) ? registers(asked) : undefined))
    await expect(async () => town().fleet.handlers.probe(at(device.port, 7))).rejects.toMatchObject({
      code: 'device.wrongUnit',
      params: { unit: 7, answersAt, host: '127.0.0.1', port: device.port },
    })
  })

  it('tells it also of a gateway that says that nobody answers', async () => {
    const device = await peer((asked) => (asked.unit === 1 ? registers(asked) : exception(asked, 0x0b)))
    await expect(async () => town().fleet.handlers.probe(at(device.port, 7))).rejects.toMatchObject({
      code: 'device.wrongUnit',
      params: { answersAt: 1 },
    })
  })

  it('gives up within its time when nobody answers', async () => {
    const device = await peer(() => undefined)
    const start = performance.now()
    await expect(async () => town().fleet.handlers.probe(at(device.port, 7))).rejects.toMatchObject({
      code: 'device.silent',
      params: { unit: 7 },
    })
    expect(device.asked.map((asked) => asked.unit)).toEqual([7, 254, 1])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('passes on other exceptions, and why there is no connection', async () => {
    const device = await peer((asked) => exception(asked, 4))
    await expect(async () => town().fleet.handlers.probe(at(device.port))).rejects.toMatchObject({
      code: 'device.exception',
      params: { code: 4 },
    })
    const nobody = await freePort()
    await expect(async () => town().fleet.handlers.probe(at(nobody))).rejects.toMatchObject({ code: 'device.refused' })
  })
})
