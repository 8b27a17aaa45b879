import { canonical } from '#shared/mbus/convert.ts'
import { takeStart } from '#shared/mbus/dif.ts'
import { decimalOf, integerOf } from '#shared/mbus/value.ts'
import { takeValueInfo } from '#shared/mbus/vif.ts'
import type { Quantity } from '#shared/units.ts'
import type { MeterState } from '../physics/state.ts'
import { clockBytes } from './meter-clock.ts'
import type { Entry, Filling } from './mbus-layout.ts'

/** An entry made ready: its data as bytes, and what a reader makes of them in the canonical unit of a quantity. */
export type Row = {
  filling: Filling
  header(shown: MeterState): number[]
  /** `local`: what the meter's clock shows, counted like UTC ms. */
  data(shown: MeterState, local: number): number[]
  read(shown: MeterState, into: Quantity): number | null
}

/** 10 MJ: hundredths of a gigajoule. */
const gigajouleVib = [0x0f]
const energyVibs = new Set([0x06, 0x07])
const functionError = 0x30

const quantities: Partial<Record<Filling, Quantity>> = {
  energy: 'energy',
  volume: 'volume',
  power: 'power',
  flow: 'flow',
  flowTemperature: 'temperature',
  returnTemperature: 'temperature',
  difference: 'temperatureDifference',
  hours: 'duration',
}
/** Registers show what is complete; everything else the nearest. */
const registers = new Set<Filling>(['energy', 'volume', 'energyIn', 'energyOut', 'hours'])
const [dateBytes, bitsOfByte] = [4, 8]

export function rowOf(entry: Entry): Row {
  const usual = coded(entry, entry.vib)
  const other = entry.filling === 'energy' && energyVibs.has(entry.vib[0] ?? 0) ? coded(entry, gigajouleVib) : usual
  const chosen = (shown: MeterState) => (shown.gigajoules ? other : usual)
  const failing = (shown: MeterState) => entry.fails && shown.fault
  return {
    filling: entry.filling,
    header(shown) {
      const [dif = 0, ...dife] = entry.dib
      return [failing(shown) ? dif | functionError : dif, ...dife, ...chosen(shown).vib]
    },
    data(shown, local) {
      if (entry.filling === 'clock') return clockBytes(local)
      const { decimal, length } = usual
      return failing(shown) ? Array.from({ length }, () => (decimal ? 0x99 : 0)) : Array.from(chosen(shown).bytes(shown))
    },
    read(shown, into) {
      return failing(shown) || entry.filling === 'clock' ? null : chosen(shown).read(shown, into)
    },
  }
}

/** An entry with one of its units. */
function coded({ dib, filling }: Entry, vib: readonly number[]) {
  const start = takeStart({ bytes: Uint8Array.from(dib), at: 0 })
  if (start.kind !== 'record') throw new Error(`no record begins with ${dib.join(' ')}`)
  const { coding } = start.info
  const info = takeValueInfo({ bytes: Uint8Array.from(vib), at: 0 })
  const decimal = coding.kind === 'decimal'
  const length = 'bytes' in coding ? coding.bytes : dateBytes
  const quantity = quantities[filling]
  const step = quantity === undefined ? 1 : (canonical(10 ** info.exponent * info.factor, info.unit, quantity) ?? 1)
  const most = decimal ? 100 ** length - 1 : 2 ** (length * bitsOfByte - 1) - 1
  const buffer = new Uint8Array(length)
  /** Good until the next call. */
  const bytes = (shown: MeterState): Uint8Array => {
    const value = amount(filling, shown)
    // Divided by the inverse where the step is a fraction: 0.29 / 0.01 would be 28.999999999999996.
    const exact = step < 1 ? value * Math.round(1 / step) : value / step
    const whole = registers.has(filling) ? Math.floor(exact) : Math.round(exact)
    return put(buffer, Math.min(Math.max(decimal ? 0 : -most, whole), most), decimal)
  }
  return {
    vib,
    decimal,
    length,
    bytes,
    /** By the same steps as whoever takes a telegram apart. */
    read(shown: MeterState, into: Quantity): number | null {
      const value = decimal ? decimalOf(bytes(shown), info) : integerOf(bytes(shown), info)
      return value.kind === 'number' ? canonical(value.value, info.unit, into) : null
    },
  }
}

const hourMs = 3_600_000

/** In the canonical unit of the quantity. */
function amount(filling: Filling, shown: MeterState): number {
  if (filling === 'difference') return shown.flowTemperature - shown.returnTemperature
  if (filling === 'hours') return (shown.hours * hourMs) / 1_000
  if (filling === 'info') return infoCode(shown)
  return filling === 'clock' || filling === 'none' ? 0 : shown[filling]
}

/** 16: the flow cannot be measured; 8: a temperature. */
function infoCode({ fault, flowTemperature, returnTemperature }: MeterState): number {
  if (!fault) return 0
  return flowTemperature > 0 && returnTemperature > 0 ? 16 : 8
}

/** Lowest byte first; decimal numbers have two digits a byte. */
function put(buffer: Uint8Array, whole: number, decimal: boolean): Uint8Array {
  const base = decimal ? 100 : 256
  let rest = whole < 0 ? whole + 2 ** (buffer.length * bitsOfByte) : whole
  for (let i = 0; i < buffer.length; i++) {
    const low = rest % base
    rest = (rest - low) / base
    buffer[i] = decimal ? Math.floor(low / 10) * 16 + (low % 10) : low
  }
  return buffer
}
