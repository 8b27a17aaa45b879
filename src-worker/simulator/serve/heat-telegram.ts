import { selectionBytes } from '#shared/mbus/address.ts'
import { buildFrame } from '#shared/mbus/frame.ts'
import type { MeterIdentity } from '#shared/mbus/header.ts'
import type { LineMeter } from '#shared/simulator/scenario.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Where the indexes of a scenario stand for: 1 January 2026. */
const epoch = Date.UTC(2026, 0, 1)
/** How far the power goes up and down in the course of a day, as a part of its mean. */
const swing = 0.4
/** kWh that a cubic metre of water gives for each kelvin. */
const heatCapacity = 1.163

/** What a heat meter shows at a moment: its registers only grow. Energy in kWh, volume in m³, power in kW, flow in m³/h, °C. */
export function heatAt({ energy, power, seed }: LineMeter, at: number) {
  const phase = (seed % 24) / 24
  const turn = 2 * Math.PI * (at / dayMs + phase)
  const start = 2 * Math.PI * (epoch / dayMs + phase)
  const now = power * (1 + swing * Math.sin(turn))
  const used = (power * (at - epoch)) / hourMs + ((power * swing * dayMs) / hourMs / (2 * Math.PI)) * (Math.cos(start) - Math.cos(turn))
  const flowTemperature = 78 + (seed % 7) + 4 * Math.sin(turn)
  const returnTemperature = 41 + (seed % 5) + 2 * Math.sin(turn + 1)
  const spread = 37 + (seed % 7) - (seed % 5)
  const total = energy + used
  return {
    energy: total,
    volume: total / (heatCapacity * spread),
    power: now,
    flow: now / (heatCapacity * (flowTemperature - returnTemperature)),
    flowTemperature,
    returnTemperature,
  }
}

export function identityOf({ serial, manufacturer, version, medium }: LineMeter): MeterIdentity {
  return { id: serial, manufacturer, version, medium }
}

/** The whole answer of such a meter. `local` is the time that its clock shows, counted like UTC ms. */
export function heatTelegram(meter: LineMeter, at: number, local: number, access: number): Uint8Array {
  const { energy, volume, power, flow, flowTemperature, returnTemperature } = heatAt(meter, at)
  const data = Uint8Array.of(
    ...selectionBytes(identityOf(meter)),
    access & 0xff,
    0,
    0,
    0,
    ...record(0x06, energy),
    ...record(0x14, volume * 100),
    ...record(0x2d, power * 10),
    ...record(0x3b, flow * 1000),
    ...record(0x59, flowTemperature * 100),
    ...record(0x5d, returnTemperature * 100),
    ...record(0x61, (flowTemperature - returnTemperature) * 100),
    0x04,
    0x6d,
    ...clockBytes(local),
  )
  return buildFrame({ kind: 'long', control: 0x08, address: meter.address, ci: 0x72, data })
}

/** A whole number in four bytes, lowest first. */
function record(vif: number, value: number): number[] {
  const whole = Math.max(0, Math.floor(value))
  return [0x04, vif, ...[0, 8, 16, 24].map((shift) => (whole >>> shift) & 0xff)]
}

/** Date and time in four bytes, type F. */
function clockBytes(local: number): number[] {
  const date = new Date(local)
  const year = date.getUTCFullYear() - 2000
  return [date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate() | ((year & 7) << 5), (date.getUTCMonth() + 1) | ((year >> 3) << 4)]
}
