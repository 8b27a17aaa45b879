import { afterEach, describe, expect, it } from 'vitest'
import { exception, Peer, registers, type Asked, type Manner } from './testing/peer.ts'
import { earlyIds, noon, point, Town, until } from './testing/town.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const poison = 0x7777
const wrong = (asked: Asked) => registers(asked, () => poison)

/** A device whose right values tell which device and which register they are of; all that is not its answer is poison. */
function badPeer(device: number, roll: (below: number) => number): Peer {
  const right = (asked: Asked) => registers(asked, (address) => device * 100 + address)
  const later: Asked[] = []
  const manners: Manner[] = [
    right,
    () => undefined,
    (asked) => (later.push(asked), undefined),
    (asked) => Buffer.concat([...later.splice(0).map(wrong), right(asked)]),
    (asked) => Buffer.concat([right(asked), wrong(asked)]),
    (asked) => wrong({ ...asked, transaction: (asked.transaction + 1 + roll(1000)) & 0xffff }),
    (asked) => wrong({ ...asked, unit: asked.unit + 1 }),
    (asked) => wrong({ ...asked, code: 4 }),
    (asked) => wrong({ ...asked, count: asked.count + 1 }),
    (asked) => exception(asked, 1 + roll(11)),
    (asked) => Buffer.from(wrong(asked).fill(0xff, 2, 6)),
    (asked) => wrong(asked).subarray(0, 1 + roll(8)),
    (asked) => (asked.socket.end(), undefined),
    (asked) => (asked.socket.resetAndDestroy(), undefined),
    (asked) => (asked.socket.end(right(asked).subarray(0, 10)), undefined),
    () => Buffer.from(Array.from({ length: 1 + roll(400) }, () => roll(256))),
  ]
  return new Peer((asked) => manners[roll(manners.length)]?.(asked))
}

describe('forty devices that do everything wrong', () => {
  it('bring no wrong value, and all come back when they behave', async () => {
    let seed = 3
    const roll = (below: number) => {
      seed = (seed * 1664525 + 1013904223) % 4294967296
      return Math.floor((seed / 4294967296) * below)
    }
    const here = new Town(noon + 60_000, { answerMs: 30, graceMs: 50, busyMs: 5 })
    open.push(here)
    const points = Array.from({ length: 12 }, (_, i) => point(`p${i}`, i * 6, { role: i % 4 === 0 ? 'state' : 'measure' }))
    const peers: Peer[] = []
    const series: number[] = []
    for (const [i, device] of earlyIds(40, 0.9).entries()) {
      const peer = badPeer(i, roll)
      open.push(peer)
      peers.push(peer)
      const own = points.map((_, k) => i * 100 + k)
      series.push(...own)
      here.add(await peer.listen(), points, { device, series: own, limits: { block: 20, gap: 5, functions: [3] } })
    }
    const end = performance.now() + 4000
    while (performance.now() < end) {
      await here.fleet.handlers.watch({ series: [] })
      await here.fleet.handlers.watch({ series })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    for (const [i, peer] of peers.entries()) peer.manner = (asked) => registers(asked, (address) => i * 100 + address)
    const ids = earlyIds(40, 0.9)
    for (const device of ids) await here.fleet.handlers.tryNow({ device })
    await until(() => ids.every((id) => here.last(id)?.contact.state !== 'offline'))
    const values = here.readings.filter((one) => one.value !== null)
    expect(values.length).toBeGreaterThan(500)
    const false_ = values.filter((one) => one.value !== Math.floor(one.series / 100) * 100 + (one.series % 100) * 6)
    expect(false_).toEqual([])
    expect(values.every((one) => one.quality === 'good')).toBe(true)
  })
})
