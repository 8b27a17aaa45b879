import { canonical, numberOf } from '#shared/mbus/convert.ts'
import { takeStart } from '#shared/mbus/dif.ts'
import { takeValue } from '#shared/mbus/value.ts'
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
  const data = (shown: MeterState, local: number): number[] => {
    if (entry.filling === 'clock') return clockBytes(local)
    const { decimal, length } = usual
    return failing(shown) ? Array.from({ length }, () => (decimal ? 0x99 : 0)) : chosen(shown).bytes(shown)
  }
  return {
    filling: entry.filling,
    header(shown) {
      const [dif = 0, ...dife] = entry.dib
      return [failing(shown) ? dif | functionError : dif, ...dife, ...chosen(shown).vib]
    },
    data,
    read(shown, into) {
      return failing(shown) ? null : chosen(shown).read(data(shown, 0), into)
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
  return {
    vib,
    decimal,
    length,
    bytes(shown: MeterState): number[] {
      const value = amount(filling, shown)
      // Divided by the inverse where the step is a fraction: 0.29 / 0.01 would be 28.999999999999996.
      const exact = step < 1 ? value * Math.round(1 / step) : value / step
      const whole = registers.has(filling) ? Math.floor(exact) : Math.round(exact)
      return decimal ? digits(Math.min(Math.max(0, whole), most), length) : binary(Math.min(Math.max(-most, whole), most), length)
    },
    read(bytes: readonly number[], into: Quantity): number | null {
      const { value } = takeValue({ bytes: Uint8Array.from(bytes), at: 0 }, coding, info)
      if (value.kind === 'number') return canonical(value.value, info.unit, into)
      return value.kind === 'large' ? numberOf({ ...info, ...start.info, value, bytes: Uint8Array.from(bytes) }, into) : null
    },
  }
}

/** In the canonical unit of the quantity. */
function amount(filling: Filling, shown: MeterState): number {
  switch (filling) {
    case 'difference':
      return shown.flowTemperature - shown.returnTemperature
    case 'hours':
      return shown.hours * 3_600
    case 'info':
      return infoCode(shown)
    case 'clock':
    case 'none':
      return 0
    default:
      return shown[filling]
  }
}

/** 16: the flow cannot be measured; 8: a temperature. */
function infoCode({ fault, flowTemperature, returnTemperature }: MeterState): number {
  if (!fault) return 0
  return flowTemperature > 0 && returnTemperature > 0 ? 16 : 8
}

/** Lowest byte first. */
function binary(whole: number, length: number): number[] {
  let rest = whole < 0 ? whole + 2 ** (length * bitsOfByte) : whole
  return Array.from({ length }, () => {
    const low = rest % 256
    rest = (rest - low) / 256
    return low
  })
}

/** Two digits a byte, the last two first. */
function digits(whole: number, length: number): number[] {
  let rest = whole
  return Array.from({ length }, () => {
    const two = rest % 100
    rest = (rest - two) / 100
    return Math.floor(two / 10) * 16 + (two % 10)
  })
}
