import { describe, expect, test } from 'vitest'
import { Failure } from '../../src-shared/failures.ts'
import { anyMeter } from '../../src-shared/mbus/address.ts'
import { buildFrame } from '../../src-shared/mbus/frame.ts'
import { scanPrimary, scanSecondary, type ScanProgress, type ScanResult } from '../../src-worker/acquisition/drivers/mbus-scan.ts'
import { busWith, longOf, realMeter, realTelegram } from './mbus-world.ts'

const numbersOf = ({ meters }: ScanResult) => meters.map(({ identity }) => identity?.id ?? '').toSorted((a, b) => (a < b ? -1 : 1))
const fast = { master: { baud: 38400, networkMs: 60, marginMs: 30 }, baud: 38400 } as const
const at = { baud: 38400 } as const

describe('meters are found by secondary address', () => {
  test('all of them, also those that answer at the same time', async () => {
    const meters = [
      realMeter(0, 'kamstrup_multical_601'),
      realMeter(0, 'itron_integral_mk_maxx'),
      realMeter(0, 'itron_bm_+m', { lateBytes: 2 }),
      realMeter(0, 'itron_cf_51'),
      realMeter(0, 'EFE_Engelmann-Elster-SensoStar-2'),
      realMeter(7, 'electricity-meter-1', { lateBytes: 1 }),
      realMeter(8, 'LGB_G350', { mute: true }),
    ].map((meter) => ({ ...meter, ...at }))
    const { master } = await busWith(meters, fast)
    const seen: ScanProgress[] = []
    const result = await scanSecondary(master, { onProgress: (progress) => seen.push(progress), repeats: 0 })
    expect(numbersOf(result)).toEqual(['0500023E', '06855817', '11155185', '11490378', '11817314', '24083345'])
    expect(result.unclear).toEqual([])
    expect(result.meters.find(({ identity }) => identity?.id === '0500023E')?.address).toBe(7)
    expect(result.meters.every(({ telegram }) => telegram.records.length > 0)).toBe(true)
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b))
    expect(seen[0]).toEqual({ done: 0, at: 'FFFFFFFF', found: 0 })
    expect(seen.at(-1)).toEqual({ done: expect.closeTo(1, 9) as number, at: 'FFFFFFFF', found: 6 })
  })

  test('a single one at the first try', async () => {
    const { master, bus } = await busWith([{ ...realMeter(0, 'kamstrup_multical_601'), ...at }], fast)
    expect(numbersOf(await scanSecondary(master))).toEqual(['06855817'])
    expect(bus.requests).toBe(3)
  })

  test('none on an empty bus', async () => {
    const { master } = await busWith([], fast)
    expect(await scanSecondary(master)).toEqual({ meters: [], unclear: [] })
  })

  test('with letters in the number', async () => {
    const meters = ['0500023D', '0500023E'].map((id) => ({ ...realMeter(0, 'electricity-meter-1', {}, id), ...at }))
    const { master } = await busWith(meters, fast)
    const result = await scanSecondary(master, { within: { ...anyMeter, id: '0500023F' }, repeats: 0 })
    expect(numbersOf(result)).toEqual(['0500023D', '0500023E'])
  })

  test('two with the same number are not taken for one', async () => {
    const meters = [
      { ...realMeter(1, 'kamstrup_multical_601', {}, '11155185'), ...at },
      { ...realMeter(2, 'itron_cf_51'), ...at },
    ]
    const { master } = await busWith(meters, fast)
    const everyone = await scanSecondary(master, { within: { ...anyMeter, id: '1115518F' }, repeats: 0 })
    expect(everyone).toEqual({ meters: [], unclear: ['11155185'] })
    const ofOneMaker = await scanSecondary(master, { within: { ...anyMeter, id: '1115518F', manufacturer: 'ACW' }, repeats: 0 })
    expect(numbersOf(ofOneMaker)).toEqual(['11155185'])
  })

  test('one that does not tell who it is, by the number it answers to', async () => {
    const frame = longOf(realTelegram('kamstrup_multical_601'))
    const short = buildFrame({ ...frame, ci: 0x7a, data: frame.data.slice(8) })
    const { master } = await busWith([{ ...realMeter(3, 'kamstrup_multical_601'), telegrams: [short], ...at }], fast)
    const { meters } = await scanSecondary(master, { within: { ...anyMeter, id: '068558FF' }, repeats: 0 })
    expect(meters).toMatchObject([{ identity: { id: '06855817', manufacturer: null }, address: 3 }])
  })

  test('while others are read in between', async () => {
    const meters = [realMeter(1, 'kamstrup_multical_601', {}, '11155184'), realMeter(2, 'itron_cf_51')].map((meter) => ({
      ...meter,
      ...at,
    }))
    const { master } = await busWith(meters, fast)
    const reads: Promise<unknown>[] = []
    const onProgress = () => reads.push(master.read({ ...anyMeter, id: '11155185' }))
    const result = await scanSecondary(master, { within: { ...anyMeter, id: '1115518F' }, repeats: 0, onProgress })
    expect(numbersOf(result)).toEqual(['11155184', '11155185'])
    expect(await Promise.all(reads)).toHaveLength(12)
  })

  test('until somebody cancels', async () => {
    const stop = new AbortController()
    const { master, bus } = await busWith([], fast)
    const scan = scanSecondary(master, { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(scan).rejects.toMatchObject({ code: 'cancelled' } satisfies Partial<Failure>)
    expect(bus.requests).toBe(1)
  })
})

describe('meters are found by primary address', () => {
  test('and an address that two share is named', async () => {
    const meters = [
      realMeter(1, 'kamstrup_multical_601'),
      realMeter(3, 'itron_cf_51'),
      realMeter(4, 'itron_bm_+m'),
      realMeter(4, 'EFE_Engelmann-WaterStar'),
    ].map((meter) => ({ ...meter, ...at }))
    const { master } = await busWith(meters, fast)
    const seen: number[] = []
    const result = await scanPrimary(master, { from: 0, to: 5, repeats: 0, onProgress: ({ done }) => seen.push(done) })
    expect(result.meters.map(({ address, identity }) => [address, identity?.id])).toEqual([
      [1, '06855817'],
      [3, '11155185'],
    ])
    expect(result.unclear).toEqual(['4'])
    expect([seen[0], seen.at(-1), seen.length]).toEqual([0, 1, 7])
  })
})
