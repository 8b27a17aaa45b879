import { describe, expect, test } from 'vitest'
import { Failure } from '../../src-shared/failures.ts'
import { anyMeter } from '../../src-shared/mbus/address.ts'
import { buildFrame } from '../../src-shared/mbus/frame.ts'
import { heatMeterOf } from '../../src-shared/mbus/heat-meter.ts'
import { openTcpChannel } from '../../src-worker/acquisition/drivers/mbus-channel.ts'
import { busWith, longOf, realMeter, realTelegram } from './mbus-world.ts'

const kamstrup = 'kamstrup_multical_601'
const elvaco = 'ELV-Elvaco-CMa10'

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Failure)) throw new Error(`no failure but ${String(error)}`)
  return error
}

/** A telegram of the same meter with only this record, a later part of its answer. */
function restOf(name: string, record: number[]): Uint8Array {
  const frame = longOf(realTelegram(name))
  return buildFrame({ ...frame, data: Uint8Array.of(...frame.data.slice(0, 12), ...record) })
}

describe('a meter is read', () => {
  test('by its primary address', async () => {
    const { master } = await busWith([realMeter(5, kamstrup), realMeter(6, 'itron_cf_51')])
    const { telegrams, complete } = await master.read(5)
    expect(complete).toBe(true)
    expect(telegrams).toHaveLength(1)
    expect(telegrams[0].address).toBe(5)
    expect(heatMeterOf(...telegrams)).toMatchObject({ energy: 37351, volume: 561.08, flowTemperature: 101.69 })
    expect((await master.read(6)).telegrams[0].header.identity).toMatchObject({ id: '11155185', manufacturer: 'ACW' })
  })

  test('by its secondary address, whole or in part', async () => {
    const { master } = await busWith([realMeter(0, kamstrup), realMeter(0, 'itron_cf_51')])
    for (const selection of [
      { id: '06855817', manufacturer: 'KAM', version: 8, medium: 4 },
      { ...anyMeter, id: '06FFFFFF' },
      { ...anyMeter, manufacturer: 'KAM' },
    ]) {
      const { telegrams } = await master.read(selection)
      expect(telegrams[0].header.identity).toMatchObject({ id: '06855817' })
    }
    expect((await failureOf(master.read({ ...anyMeter, id: '99999999' }))).code).toBe('device.silent')
  })

  test('through a converter that gives an echo and answers in pieces', async () => {
    const { master } = await busWith([realMeter(5, kamstrup)], { echo: true, pieceBytes: 7 })
    expect((await master.read(5)).telegrams[0].records).toHaveLength(27)
    expect((await master.read({ ...anyMeter, id: '06855817' })).telegrams[0].records).toHaveLength(27)
  })

  test('that answers only after its link was reset', async () => {
    const { master } = await busWith([realMeter(5, kamstrup, { needsReset: true })])
    expect((await master.read(5)).complete).toBe(true)
    const other = await busWith([realMeter(0, kamstrup, { needsReset: true })])
    expect((await other.master.read({ ...anyMeter, id: '06855817' })).complete).toBe(true)
  })

  test('that is the only one on its bus, whatever its address', async () => {
    const { master } = await busWith([realMeter(77, kamstrup)])
    expect((await master.read(254)).telegrams[0].address).toBe(77)
  })

  test('by several callers at once, one after the other', async () => {
    const { master } = await busWith([realMeter(5, kamstrup), realMeter(6, 'itron_cf_51')])
    const readouts = await Promise.all([5, 6, 5, 6].map((address) => master.read(address)))
    expect(readouts.map(({ telegrams }) => telegrams[0].address)).toEqual([5, 6, 5, 6])
  })
})

describe('an answer of several telegrams', () => {
  const middle = restOf(elvaco, [0x02, 0x65, 0x2e, 0x08, 0x1f])
  const last = restOf(elvaco, [0x02, 0x65, 0x2f, 0x08])

  test('is read to its end, and from its beginning the next time', async () => {
    const { master } = await busWith([realMeter(5, elvaco, { damaged: 1 }, undefined, middle, last)])
    for (let i = 0; i < 2; i++) {
      const { telegrams, complete } = await master.read(5)
      expect(complete).toBe(true)
      expect(telegrams.map((telegram) => [telegram.records.length, telegram.more])).toEqual([
        [12, true],
        [1, true],
        [1, false],
      ])
    }
  })

  test('is not complete when the meter repeats itself, and comes to an end', async () => {
    const { master } = await busWith([realMeter(5, elvaco, { ignoresCount: true }, undefined, last)])
    const { telegrams, complete } = await master.read(5)
    expect([telegrams.length, complete]).toEqual([1, false])
  })

  test('is not mixed with the telegram of another meter', async () => {
    const { master } = await busWith([realMeter(5, elvaco, {}, undefined, realTelegram(kamstrup))])
    const { telegrams, complete } = await master.read(5)
    expect([telegrams.length, complete]).toEqual([1, false])
  })
})

describe('a meter that cannot be read', () => {
  test('and is mute is asked three times', async () => {
    const { master, bus } = await busWith([realMeter(5, kamstrup, { mute: true })])
    const failure = await failureOf(master.read(5))
    expect(failure).toMatchObject({ code: 'device.silent', params: { address: 5 } })
    expect(bus.requests).toBe(3)
  })

  test('is given two more chances when its answer is damaged', async () => {
    const { master } = await busWith([realMeter(5, kamstrup, { damaged: 2 })])
    expect((await master.read(5)).complete).toBe(true)
    const worse = await busWith([realMeter(5, kamstrup, { damaged: 3 })])
    expect(await failureOf(worse.master.read(5))).toMatchObject({ code: 'device.badAnswer', params: { reason: 'checksum', address: 5 } })
    expect((await worse.master.read(5)).complete).toBe(true)
  })

  test('and reports an error is not asked again', async () => {
    const refusal = buildFrame({ kind: 'long', control: 0x08, address: 5, ci: 0x70, data: Uint8Array.of(8) })
    const { master, bus } = await busWith([{ ...realMeter(5, kamstrup), telegrams: [refusal] }])
    expect(await failureOf(master.read(5))).toMatchObject({ code: 'device.exception', params: { reason: 'busy', code: 8 } })
    expect(bus.requests).toBe(2)
  })

  test('because another has the same address is a bad answer', async () => {
    const { master } = await busWith([realMeter(5, kamstrup), realMeter(5, 'itron_cf_51')])
    expect((await failureOf(master.read(5))).code).toBe('device.badAnswer')
    const shifted = await busWith([realMeter(5, kamstrup), realMeter(5, 'itron_cf_51', { lateBytes: 3 })])
    expect((await failureOf(shifted.master.read(5))).code).toBe('device.badAnswer')
  })

  test('because the converter is gone', async () => {
    const { master, bus, port } = await busWith([realMeter(5, kamstrup, { mute: true })])
    const waiting = failureOf(master.read(5))
    await expect.poll(() => bus.requests).toBe(1)
    bus.drop()
    expect((await waiting).code).toBe('device.closed')
    expect((await failureOf(master.read(5))).code).toBe('device.closed')
    await bus.close()
    expect((await failureOf(openTcpChannel({ host: '127.0.0.1', port, connectMs: 5000 }))).code).toBe('device.refused')
  })

  test('because nobody wants it any more', async () => {
    const { master, bus } = await busWith([realMeter(5, kamstrup, { mute: true })])
    const stop = new AbortController()
    const first = failureOf(master.read(5))
    const second = failureOf(master.read(5, stop.signal))
    stop.abort()
    expect((await first).code).toBe('device.silent')
    expect((await second).code).toBe('cancelled')
    const third = failureOf(master.read(5))
    await expect.poll(() => bus.requests).toBe(4)
    master.close()
    expect((await third).code).toBe('cancelled')
  })
})

describe('the speed of a meter', () => {
  test('is switched together with the converter', async () => {
    const { master, bus } = await busWith([realMeter(5, kamstrup)], { tunable: true })
    await master.switchBaud(5, 9600)
    expect([bus.meters[0]?.baud, bus.baud, master.baud]).toEqual([9600, 9600, 9600])
    expect((await master.read(5)).complete).toBe(true)
  })

  test('stays when the meter is not heard at the new one', async () => {
    const { master, bus } = await busWith([realMeter(5, kamstrup, { keepsBaud: true })], { tunable: true })
    expect(await failureOf(master.switchBaud(5, 9600))).toMatchObject({ code: 'device.silent', params: { address: 5, baud: 9600 } })
    expect([bus.baud, master.baud]).toEqual([2400, 2400])
    expect((await master.read(5)).complete).toBe(true)
  })

  test('stays when the converter cannot be told', async () => {
    const { master, bus } = await busWith([realMeter(5, kamstrup)])
    expect((await failureOf(master.switchBaud(5, 9600))).code).toBe('input.invalid')
    expect(bus.requests).toBe(0)
  })

  test('says how long an answer may take', async () => {
    const { master } = await busWith([], { master: { baud: 2400, marginMs: 150, networkMs: 300 } })
    expect(master.answerMs).toBeCloseTo((341 / 2400) * 1000 + 450, 6)
    const slow = await busWith([], { master: { baud: 300, marginMs: 150, networkMs: 0 } })
    expect(slow.master.answerMs).toBeCloseTo((341 / 300) * 1000 + 150, 6)
  })
})
