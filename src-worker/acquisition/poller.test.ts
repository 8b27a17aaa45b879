import { describe, expect, it } from 'vitest'
import type { Block } from '#shared/devices/plan.ts'
import { Failure } from '#shared/failures.ts'
import { poll, type PollWays } from './poller.ts'
import { point } from './testing/town.ts'

const silent = new Failure('device.silent')
const exception = (code: number) => new Failure('device.exception', { code })

const block = (address: number, count = 1): Block => ({
  area: 'holding',
  address,
  count,
  points: Array.from({ length: count }, (_, i) => point(`p${address + i}`, address + i)),
})

/** A device whose answer to each read is told by `answer`: a failure, or nothing for the right words. */
function device(answer: (block: Block, times: number) => Failure | undefined, touched: Failure | null = null) {
  const reads: number[] = []
  const taken: string[] = []
  const failed: [string, string][] = []
  let touches = 0
  const ways: PollWays = {
    async read(asked) {
      reads.push(asked.address)
      const failure = answer(asked, reads.filter((address) => address === asked.address).length)
      if (failure) throw failure
      return new Uint16Array(asked.count)
    },
    take: (asked) => taken.push(...asked.points.map((one) => one.id)),
    fail: (asked, quality) => failed.push(...asked.points.map((one): [string, string] => [one.id, quality])),
    touch: async () => (touches++, touched),
    serves: async () => false,
    pause: async () => undefined,
    stopped: () => false,
    maySearch: true,
  }
  return { ways, reads, taken, failed, touches: () => touches }
}

const addresses = (blocks: readonly Block[]) => blocks.map((one) => one.address)

describe('a poll', () => {
  it('reads every block once in order', async () => {
    const { ways, reads } = device(() => undefined)
    const outcome = await poll([block(1), block(2), block(3)], ways)
    expect(reads).toEqual([1, 2, 3])
    expect(outcome).toMatchObject({ good: 3, lost: null, trouble: null, left: [], failed: [] })
  })

  it('asks nothing more after a time-out when the device does not answer a small read either', async () => {
    const { ways, reads, failed, touches } = device((asked) => (asked.address === 2 ? silent : undefined), silent)
    const outcome = await poll([block(1), block(2), block(3), block(4)], ways)
    expect(reads).toEqual([1, 2])
    expect(touches()).toBe(1)
    expect(outcome).toMatchObject({ good: 1, lost: silent })
    expect(addresses(outcome.left)).toEqual([3, 4, 2])
    expect(failed).toEqual([['p2', 'offline']])
  })

  it('gives a block that met a time-out another turn at the end', async () => {
    const { ways, reads, failed } = device((asked, times) => (asked.address === 2 && times === 1 ? silent : undefined))
    expect(await poll([block(1), block(2), block(3)], ways)).toMatchObject({ good: 3, trouble: null, left: [] })
    expect(reads).toEqual([1, 2, 3, 2])
    expect(failed).toEqual([])
  })

  it('ends at the second time-out, so that a dead unit costs a shared line little', async () => {
    const { ways, reads } = device((asked) => (asked.address > 1 ? silent : undefined))
    const outcome = await poll(
      [1, 2, 3, 4, 5, 6].map((address) => block(address)),
      ways,
    )
    expect(reads).toEqual([1, 2, 3])
    expect(outcome).toMatchObject({ lost: null, trouble: silent })
    expect(addresses(outcome.left)).toEqual([4, 5, 6, 2, 3])
  })

  it('goes on after an exception and tells which block has no value', async () => {
    const { ways, failed } = device((asked) => (asked.address === 2 ? exception(4) : undefined))
    const outcome = await poll([block(1), block(2), block(3)], ways)
    expect(outcome).toMatchObject({ good: 2, trouble: { params: { code: 4 } }, left: [] })
    expect(addresses(outcome.failed)).toEqual([2])
    expect(failed).toEqual([['p2', 'fault']])
  })

  it('asks a busy device once more', async () => {
    const { ways, reads } = device((_, times) => (times === 1 ? exception(6) : undefined))
    expect(await poll([block(1)], ways)).toMatchObject({ good: 1, trouble: null })
    expect(reads).toEqual([1, 1])
    expect(await poll([block(1)], device(() => exception(5)).ways)).toMatchObject({ good: 0, trouble: { params: { code: 5 } } })
  })

  it('searches what is refused when all else has been read, and keeps what came when the search breaks off', async () => {
    const broken = device((asked) => (asked.count === 4 ? exception(2) : asked.address === 12 ? silent : undefined))
    const outcome = await poll([block(10, 4), block(20)], broken.ways)
    expect(broken.reads).toEqual([10, 20, 10, 12])
    expect(broken.taken).toEqual(['p20', 'p10', 'p11'])
    expect(broken.failed).toEqual([
      ['p12', 'offline'],
      ['p13', 'offline'],
    ])
    expect(outcome.holes).toEqual([])
    expect(outcome.left.flatMap((one) => one.points.map((two) => two.id))).toEqual(['p12', 'p13'])
  })

  it('learns nothing from a device that refuses everything, and does not search when it may not', async () => {
    const all = device(() => exception(2))
    expect(await poll([block(1, 2)], all.ways)).toMatchObject({ good: 0, holes: [], trouble: { params: { code: 2 } } })
    expect(all.reads).toEqual([1, 1, 2])
    const short = device(() => exception(2))
    expect(await poll([block(1, 2)], { ...short.ways, maySearch: false })).toMatchObject({ good: 0, holes: [] })
    expect(short.reads).toEqual([1])
    const serving = device(() => exception(2))
    expect(await poll([block(1, 2)], { ...serving.ways, serves: async () => true })).toMatchObject({
      holes: [{ address: 1 }, { address: 2 }],
    })
  })
})
