import type { Quantity } from '../units.ts'
import { numberOf } from './convert.ts'
import type { MeterStatus } from './header.ts'
import type { MeterRecord } from './record.ts'
import type { Telegram } from './telegram.ts'

/** Registers that only grow: energy in kWh, volume in m³. Null where the meter does not say. */
export type HeatRegisters = { energy: number | null; coolingEnergy: number | null; volume: number | null }

/** Power in kW, flow in m³/h, temperatures in °C, their difference in K. */
export type HeatMeasurements = {
  power: number | null
  flow: number | null
  flowTemperature: number | null
  returnTemperature: number | null
  temperatureDifference: number | null
}

export type TariffRegisters = HeatRegisters & { tariff: number }

/** Registers as they stood at an earlier time. `nextDate` is when the meter will keep them again. Dates are the meter's own. */
export type StoredRegisters = HeatRegisters & {
  storage: number
  date: string | null
  nextDate: string | null
  tariffs: readonly TariffRegisters[]
}

/** A further counter of the meter, such as a pulse input; storage 0. */
export type SubunitRegisters = HeatRegisters & HeatMeasurements & { subunit: number }

/**
 * An answer as that of a heat meter. Everything is null that the meter did not send as a plain, valid value now.
 * `operatingTime` and `onTime` in seconds; `infoCode` the error flags as one whole number; `meterTime` in the meter's local
 * time, `YYYY-MM-DDThh:mm` with seconds where it sends them; `billing` storage 1, which `storages` holds too.
 */
export type HeatMeter = HeatRegisters &
  HeatMeasurements & {
    operatingTime: number | null
    onTime: number | null
    infoCode: bigint | null
    meterTime: string | null
    summerTime: boolean | null
    status: MeterStatus
    tariffs: readonly TariffRegisters[]
    subunits: readonly SubunitRegisters[]
    billing: StoredRegisters | null
    storages: readonly StoredRegisters[]
  }

/** Kamstrup sends its info code as a code of its own. */
const kamstrupInfoCode = 0x22

/** The heat-meter view of one or several telegrams of the same meter, in canonical units. */
export function heatMeterOf(first: Telegram, ...others: readonly Telegram[]): HeatMeter {
  const { header } = first
  const records = [first, ...others].flatMap((telegram) => telegram.records).filter((record) => record.function === 'instant')
  const now = records.filter((record) => record.storage === 0)
  const own = now.filter((record) => record.subunit === 0)
  const total = own.filter((record) => record.tariff === 0)
  const storages = numbersOf(records, 'storage').map((storage) =>
    storedAt(
      storage,
      records.filter((record) => record.storage === storage),
    ),
  )
  const time = total.find((record) => record.quantity === 'dateTime' && isPlain(record) && record.value.kind === 'dateTime')?.value
  return {
    ...registersOf(total),
    ...measurementsOf(total),
    operatingTime: firstOf(total, 'operatingTime', 'duration'),
    onTime: firstOf(total, 'onTime', 'duration'),
    infoCode: infoCodeOf(total, header.identity?.manufacturer ?? null),
    meterTime: time?.kind === 'dateTime' ? time.dateTime : null,
    summerTime: time?.kind === 'dateTime' ? time.summerTime : null,
    status: header.status,
    tariffs: tariffsOf(own),
    subunits: numbersOf(now, 'subunit').map((subunit) => {
      const its = now.filter((record) => record.subunit === subunit && record.tariff === 0)
      return { subunit, ...registersOf(its), ...measurementsOf(its) }
    }),
    billing: storages.find(({ storage }) => storage === 1) ?? null,
    storages,
  }
}

function storedAt(storage: number, records: readonly MeterRecord[]): StoredRegisters {
  const own = records.filter((record) => record.subunit === 0)
  const total = own.filter((record) => record.tariff === 0)
  return { storage, ...registersOf(total), date: dayOf(total, []), nextDate: dayOf(total, ['future']), tariffs: tariffsOf(own) }
}

function tariffsOf(records: readonly MeterRecord[]): TariffRegisters[] {
  return numbersOf(records, 'tariff').map((tariff) => ({ tariff, ...registersOf(records.filter((record) => record.tariff === tariff)) }))
}

/** Numbers above 0 that occur, in order. */
function numbersOf(records: readonly MeterRecord[], key: 'storage' | 'tariff' | 'subunit'): number[] {
  return [...new Set(records.map((record) => record[key]))].filter((number) => number > 0).sort((a, b) => a - b)
}

function registersOf(records: readonly MeterRecord[]): HeatRegisters {
  return {
    energy: firstOf(records, 'energy', 'energy') ?? firstOf(records, 'energy', 'energy', ['forward']),
    coolingEnergy: firstOf(records, 'energy', 'energy', ['backward']),
    volume: firstOf(records, 'volume', 'volume'),
  }
}

function measurementsOf(records: readonly MeterRecord[]): HeatMeasurements {
  return {
    power: firstOf(records, 'power', 'power'),
    flow: firstOf(records, 'volumeFlow', 'flow'),
    flowTemperature: firstOf(records, 'flowTemperature', 'temperature'),
    returnTemperature: firstOf(records, 'returnTemperature', 'temperature'),
    temperatureDifference: firstOf(records, 'temperatureDifference', 'temperatureDifference'),
  }
}

/** The first value of the quantity with exactly these notes, in a unit that can be converted. */
function firstOf(records: readonly MeterRecord[], quantity: string, into: Quantity, notes: readonly string[] = []): number | null {
  for (const record of records) {
    if (record.quantity !== quantity || record.value.kind !== 'number' || !hasNotes(record, notes)) continue
    const value = numberOf(record, into)
    if (value !== null) return value
  }
  return null
}

function hasNotes(record: MeterRecord, notes: readonly string[]): boolean {
  return record.notes.length === notes.length && record.notes.every((note, i) => note === notes[i])
}

function isPlain(record: MeterRecord): boolean {
  return hasNotes(record, [])
}

function dayOf(records: readonly MeterRecord[], notes: readonly string[]): string | null {
  for (const record of records) {
    if (record.quantity !== 'date' && record.quantity !== 'dateTime') continue
    if (!hasNotes(record, notes)) continue
    if (record.value.kind === 'date') return record.value.date
    if (record.value.kind === 'dateTime') return record.value.dateTime.slice(0, 10)
  }
  return null
}

function infoCodeOf(records: readonly MeterRecord[], manufacturer: string | null): bigint | null {
  const isInfoCode = (record: MeterRecord) =>
    (record.quantity === 'errorFlags' && isPlain(record)) ||
    (manufacturer === 'KAM' && record.quantity === 'maker' && record.maker.length === 1 && record.maker[0] === kamstrupInfoCode)
  for (const { value } of records.filter(isInfoCode)) {
    if (value.kind === 'number' && Number.isInteger(value.value)) return BigInt(value.value)
    if (value.kind === 'large') return value.integer
  }
  return null
}
