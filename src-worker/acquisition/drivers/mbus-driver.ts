import { parseSelection } from '#shared/mbus/address.ts'
import { baudCommands, usualBaud, type Baud } from '#shared/mbus/baud.ts'
import { clockOf, credibleTime } from '#shared/mbus/meter-time.ts'
import { parseSelector, select, type Selector } from '#shared/mbus/selector.ts'
import type { Point } from '#shared/devices/profile.ts'
import { meaningOf } from '#shared/devices/codec.ts'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import type { DriverOptions, Target, ValueDriver, Values } from './driver.ts'
import { openTcpChannel, type ByteChannel } from './mbus-channel.ts'
import { MbusMaster, type MeterTarget, type Readout } from './mbus-master.ts'
import { openSerialChannel } from './serial-channel.ts'
import { traced } from './traced-channel.ts'

/** An answer and when it came, UTC ms. */
export type KeptReadout = { readout: Readout; at: number }

/** How wired M-Bus always is on a serial line. */
const usualLine = { baud: usualBaud, parity: 'even', stop: 1 } as const

const fault = qualities.indexOf('fault')
const good = qualities.indexOf('good')

/**
 * All meters of one line. A converter may close the connection whenever nobody asks: that is no loss of contact, and the next
 * request opens it again.
 */
export class MbusDriver implements ValueDriver {
  readonly #options: DriverOptions
  readonly #connect: () => Promise<ByteChannel>
  readonly #selectors = new Map<string, Selector | null>()
  readonly #kept = new Map<string, KeptReadout>()
  #baud: Baud
  #master: MbusMaster | undefined
  #closed = false

  constructor(options: DriverOptions, connect: () => Promise<ByteChannel> = () => channelTo(options)) {
    this.#options = options
    this.#connect = connect
    this.#baud = baudOfLine(options)
  }

  async open(): Promise<void> {
    await this.#open()
  }

  close(): void {
    this.#closed = true
    this.#master?.close()
    this.#master = undefined
  }

  /** The master of the line, on the connection that there is or a new one. */
  async #open(): Promise<MbusMaster> {
    if (this.#master && !this.#master.ended) return this.#master
    if (this.#closed) throw new Failure('cancelled')
    this.#master = undefined
    const channel = await this.#connect()
    if (this.#closed) {
      channel.close()
      throw new Failure('cancelled')
    }
    this.#master = new MbusMaster(channel, { baud: this.#baud })
    return this.#master
  }

  /** Does something with the master of the line. Rejects as opening the connection does. */
  async withMaster<T>(run: (master: MbusMaster) => Promise<T>): Promise<T> {
    const master = await this.#open()
    try {
      return await run(master)
    } finally {
      this.#baud = master.baud
    }
  }

  async readValues(target: Target, points: readonly Point[]): Promise<Values> {
    const { readout, at } = await this.readOut(target)
    const { telegrams } = readout
    const meterClock = clockOf(telegrams)
    const time = meterClock === null ? null : credibleTime(meterClock, at)
    const values: Values = {
      value: new Float64Array(points.length).fill(Number.NaN),
      quality: new Uint8Array(points.length).fill(fault),
      at: new Float64Array(points.length).fill(time ?? 0),
    }
    points.forEach((point, i) => {
      const selector = this.#selectorOf(point)
      const { value } = selector ? select(telegrams, selector, point.is) : { value: null }
      const meaning = value === null ? null : meaningOf(point, value)
      if (meaning?.value === null || meaning === null) return
      values.value[i] = meaning.value
      values.quality[i] = meaning.quality === 'good' ? good : fault
    })
    return values
  }

  /** Reads a meter whole and keeps the answer. */
  async readOut(target: Target): Promise<KeptReadout> {
    const readout = await this.withMaster((master) => master.read(meterTarget(target)))
    const kept = { readout, at: this.#options.clock?.() ?? 0 }
    this.#kept.set(keyOf(target), kept)
    return kept
  }

  /** The last answer of a meter since the connection was made. */
  kept(target: Target): KeptReadout | undefined {
    return this.#kept.get(keyOf(target))
  }

  writeValue(_target: Target, point: Point): Promise<void> {
    return Promise.reject(new Failure('write.barred', { point: point.id, bar: 'readOnly' }))
  }

  #selectorOf({ from }: Point): Selector | null {
    if (from === undefined) return null
    let selector = this.#selectors.get(from)
    if (selector === undefined) {
      selector = parseSelector(from)
      this.#selectors.set(from, selector)
    }
    return selector
  }
}

function baudOfLine({ address: { serial } }: DriverOptions): Baud {
  const baud = serial?.baud ?? usualBaud
  return baud in baudCommands ? (baud as Baud) : usualBaud
}

async function channelTo(options: DriverOptions): Promise<ByteChannel> {
  const { host, port, connectMs, lookup, address, trace } = options
  if (address.way !== 'mbus-serial') return traced(await openTcpChannel({ host, port, connectMs, lookup }), trace)
  return traced(
    await openSerialChannel({ path: host, line: { ...usualLine, ...address.serial, baud: baudOfLine(options) }, connectMs }),
    trace,
  )
}

function keyOf({ unit, member }: Target): string {
  return member ? member : String(unit)
}

/** The meter with this secondary address, where there is one, otherwise the one at the primary address. */
export function meterTarget({ unit, member }: Target): MeterTarget {
  if (!member) return unit
  const selection = parseSelection(member)
  if (!selection) throw new Failure('input.invalid', { fields: `member: ${member} is no secondary address` })
  return selection
}
