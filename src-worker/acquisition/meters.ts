import { lineKey } from '#shared/acquisition/address.ts'
import type { AcquisitionPort, Address, MeterAnswer, MeterScanResult } from '#shared/acquisition/port.ts'
import { anyMeter, parseSelection, selectionOf, selectionText } from '#shared/mbus/address.ts'
import type { Baud } from '#shared/mbus/baud.ts'
import { Failure } from '#shared/failures.ts'
import { MbusDriver, type KeptReadout } from './drivers/mbus-driver.ts'
import type { MbusMaster } from './drivers/mbus-master.ts'
import { scanPrimary, scanSecondary, type FoundMeter, type ScannedBus, type ScanProgress } from './drivers/mbus-scan.ts'
import type { Links, ValueLink } from './links.ts'
import type { Announce } from './reporter.ts'

type Scan = Parameters<AcquisitionPort['meterScan']>[0]

/** What a person does with wired meters beside reading their points: look at a whole answer, scan a bus, set a speed. */
export class Meters {
  readonly #links: Links
  readonly #announce: Announce
  #scan: AbortController | undefined

  constructor(links: Links, announce: Announce) {
    this.#links = links
    this.#announce = announce
  }

  /** The whole answer of a meter: read now, or the one that came last, if any. */
  answer(address: Address, fresh: boolean): Promise<MeterAnswer | null> {
    return this.#with(address, async (link) => {
      const { data } = await link.ask('person', async (driver) => {
        const line = asMbus(driver, address)
        return fresh ? line.readOut(address) : line.kept(address)
      })
      return data ? answerOf(data) : null
    })
  }

  /** Finds the meters of a line, between the reads of those that are known. One scan at a time. Rejects with `cancelled`. */
  async scan(input: Scan): Promise<MeterScanResult> {
    if (this.#scan) throw new Failure('busy', { what: 'scan' })
    const stop = new AbortController()
    this.#scan = stop
    try {
      return await this.#with(input.address, (link) => this.#find(link, input, stop.signal))
    } finally {
      this.#scan = undefined
    }
  }

  stopScan(): void {
    this.#scan?.abort()
  }

  /** Switches a meter and its line to another speed. Rejects with input.invalid where the speed of the line is set by hand. */
  async setBaud(address: Address, baud: Baud): Promise<void> {
    await this.#with(address, (link) =>
      link.ask('person', (driver) => asMbus(driver, address).withMaster((master) => master.switchBaud(address.unit, baud))),
    )
  }

  async #find(link: ValueLink, { address, by, from, to, within }: Scan, signal: AbortSignal): Promise<MeterScanResult> {
    const bus = busOf(link, address)
    const onProgress = (progress: ScanProgress) => this.#announce('meterScan', { ...progress, line: lineKey(address) })
    const chosen = within === undefined ? anyMeter : (parseSelection(within) ?? anyMeter)
    const { meters, unclear } = await (by === 'secondary'
      ? scanSecondary(bus, { signal, onProgress, within: chosen })
      : scanPrimary(bus, { signal, onProgress, from: from ?? 0, to: to ?? 250 }))
    return { meters: meters.map((meter) => ({ ...placeOf(meter, by), frame: meter.bytes })), unclear: [...unclear] }
  }

  async #with<T>(address: Address, run: (link: ValueLink) => Promise<T>): Promise<T> {
    const user = { linkClosed: () => undefined }
    const link = this.#links.values(address, user)
    try {
      return await run(link)
    } finally {
      this.#links.release(link, user)
    }
  }
}

/** Each step of a scan waits for its turn on the line. */
function busOf(link: ValueLink, address: Address): ScannedBus {
  const step = async <T>(run: (master: MbusMaster) => Promise<T>): Promise<T> => {
    const { data } = await link.ask('contact', (driver) => asMbus(driver, address).withMaster(run))
    return data
  }
  return {
    resetAll: (signal) => step((master) => master.resetAll(signal)),
    probe: (selection, repeats, signal) => step((master) => master.probe(selection, repeats, signal)),
    ping: (at, repeats, signal) => step((master) => master.ping(at, repeats, signal)),
    read: (at, signal) => step((master) => master.read(at, signal)),
  }
}

function asMbus(driver: unknown, address: Address): MbusDriver {
  if (driver instanceof MbusDriver) return driver
  throw new Failure('input.invalid', { fields: `way: ${address.way ?? 'modbus-tcp'} is no M-Bus` })
}

function placeOf({ identity, address }: FoundMeter, by: Scan['by']): { unit: number; member: string | null } {
  return { unit: address, member: by === 'secondary' && identity ? selectionText(selectionOf(identity)) : null }
}

function answerOf({ readout: { frames, complete }, at }: KeptReadout): MeterAnswer {
  return { frames: [...frames], complete, at }
}
