import type { LineMeter } from '#shared/simulator/scenario.ts'
import type { Contact } from '../faults/contact.ts'
import type { MeterState } from '../physics/state.ts'
import { heatMeter } from './heat-meter.ts'
import { loneMeter } from './lone-meter.ts'
import { SimulatedBus } from './mbus-bus.ts'

/** Where the meters of stations take their values; asked only for meters that name a station. */
export type MeterSource = {
  /** What the station's meter shows now. */
  state: (station: string) => MeterState
  /** The serial that its meter had when the town was built: it stands for the one of the scenario, any other for another meter. */
  delivered: (station: string) => number
}

export type MeterLineOptions = MeterSource & {
  meters: readonly LineMeter[]
  /** Simulated UTC ms, and what has to be added for the local time that the meters' clocks show. */
  clock: () => number
  offset: (at: number) => number
  host: string
  port: number
}

export type MeterLine = {
  port: number
  /** `meter`: its place in the list. */
  contact(meter: number, contact: Pick<Contact, 'offline' | 'noAnswer' | 'frozen'>): void
  close(): Promise<void>
}

/** Opens a line of heat meters behind a TCP converter. Rejects when the port cannot be had. */
export async function openMeterLine(options: MeterLineOptions): Promise<MeterLine> {
  const { clock, offset } = options
  const meters = options.meters.map((meter) => {
    const built = heatMeter(meter)
    const shown = () => shownBy(meter, options, clock())
    let access = 0
    return {
      address: meter.address,
      identity: () => built.identity(shown()),
      telegrams: () => [built.telegram(shown(), clock() + offset(clock()), access++)],
    }
  })
  const bus = new SimulatedBus({ meters })
  const port = await bus.listen(options.port, options.host)
  return {
    port,
    contact(place, { offline, noAnswer, frozen }) {
      const meter = bus.meters[place]
      if (meter) meter.contact = offline || noAnswer ? 'silent' : frozen ? 'frozen' : 'answers'
    },
    close: () => bus.close(),
  }
}

/** What a meter of the line shows at a moment (UTC ms): its station's heat, or a course of its own. */
export function shownBy(meter: LineMeter, { state, delivered }: MeterSource, at: number): MeterState {
  const { station } = meter
  if (station === undefined) return loneMeter(meter, at)
  const shown = state(station)
  return shown.serial === delivered(station) ? { ...shown, serial: Number(meter.serial) } : shown
}
