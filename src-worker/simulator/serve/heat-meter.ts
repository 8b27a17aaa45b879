import { meaningOf } from '#shared/devices/codec.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { selectionBytes } from '#shared/mbus/address.ts'
import { buildFrame } from '#shared/mbus/frame.ts'
import type { MeterIdentity } from '#shared/mbus/header.ts'
import { parseSelector, select } from '#shared/mbus/selector.ts'
import { decodeTelegram, type Telegram } from '#shared/mbus/telegram.ts'
import type { LineMeter } from '#shared/simulator/scenario.ts'
import { layoutOf } from './mbus-layout.ts'
import { rowOf, type Row } from './meter-record.ts'
import type { MeterState } from '../physics/state.ts'

/** Something cannot be measured for the time being. */
const temporaryError = 0x10
const variableData = 0x72
const answers = 0x08

/** A heat meter as its maker builds it: who it is, what it sends, and what a reader that follows a profile makes of that. */
export type HeatMeter = {
  identity(shown: MeterState): MeterIdentity
  /** The whole answer. `local`: what its clock shows, counted like UTC ms; `access`: how often it was asked. */
  telegram(shown: MeterState, local: number, access: number): Uint8Array
  /** Values of the profile's points in their order, exactly as read from the telegram; null where it has none. */
  reader(profile: FlatProfile): (shown: MeterState) => (number | null)[]
}

export function heatMeter(meter: LineMeter): HeatMeter {
  const rows = layoutOf(meter.manufacturer).map(rowOf)
  const identity = ({ serial }: MeterState): MeterIdentity => ({
    id: String(serial).padStart(8, '0').slice(-8),
    manufacturer: meter.manufacturer,
    version: meter.version,
    medium: meter.medium,
  })
  const telegram = (shown: MeterState, local: number, access: number): Uint8Array => {
    const records = rows.flatMap((row) => [...row.header(shown), ...row.data(shown, local)])
    const data = Uint8Array.of(...selectionBytes(identity(shown)), access & 0xff, statusOf(shown), 0, 0, ...records)
    return buildFrame({ kind: 'long', control: answers, address: meter.address, ci: variableData, data })
  }
  return {
    identity,
    telegram,
    reader({ points }) {
      const well = decodeTelegram(telegram(sample, 0, 0))
      const readers = points.map((point) => readerOf(point, well, rows, identity))
      return (shown) => readers.map((read) => read(shown))
    },
  }
}

const sample: MeterState = {
  serial: 1,
  energy: 0,
  volume: 0,
  energyIn: 0,
  energyOut: 0,
  power: 0,
  flow: 0,
  flowTemperature: 0,
  returnTemperature: 0,
  hours: 0,
  fault: false,
  gigajoules: false,
}

function statusOf({ fault }: MeterState): number {
  return fault ? temporaryError : 0
}

/** What the product reads for a point, without a telegram for each time: the same record, found once. */
function readerOf(
  point: Point,
  well: Telegram,
  rows: readonly Row[],
  identity: (shown: MeterState) => MeterIdentity,
): (shown: MeterState) => number | null {
  const selector = point.from === undefined ? null : parseSelector(point.from)
  const meaning = (value: number | null) => (value === null ? null : meaningOf(point, value).value)
  if (selector?.kind === 'header') {
    return (shown) => {
      const header = { ...well.header, identity: identity(shown), status: { ...well.header.status, byte: statusOf(shown) } }
      return selector.what === 'access' ? null : meaning(select([{ ...well, header }], selector, point.is).value)
    }
  }
  const place = selector === null ? -1 : rows.findIndex((_, i) => select([only(well, i)], selector, point.is).value !== null)
  const row = rows[place]
  return row ? (shown) => meaning(row.read(shown, point.is)) : () => null
}

/** The same answer with a number in one record alone, which shows whether a selector takes it. */
function only(telegram: Telegram, place: number): Telegram {
  return {
    ...telegram,
    records: telegram.records.map((record, i) => ({
      ...record,
      value: i === place ? { kind: 'number', value: 1 } : { kind: 'absent', reason: 'empty' },
    })),
  }
}
