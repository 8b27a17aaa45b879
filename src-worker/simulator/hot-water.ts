import { chance, clamp, smoothStep, wave } from './physics/noise.ts'
import { habitAt } from './physics/habit.ts'
import { dayTime } from './physics/local-time.ts'
import { follow, regimes, type Phase, type Regime, type Timeline } from './regimes.ts'
import type { Surroundings } from './surroundings.ts'
import type { Traits } from './traits.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const coldWater = 10

/** What the hot-water circuit does at an instant; temperatures in °C. */
export type WaterState = {
  phase: Phase
  reference: number
  flow: number
  return: number
  returnReference: number
  on: boolean
  motor: -1 | 0 | 1
  /** Estimated share of the valve's travel, %. */
  opening: number
}

export function waterAt(traits: Traits, around: Surroundings, timeline: Timeline, at: number): WaterState {
  const stretches = regimes(
    timeline,
    ({ manual, water }) => ({ mode: manual ? 0 : water.mode, week: water.week ?? traits.waterWeek }),
    around.zone,
    at,
    12 * hour,
  )
  const now = stretches[0]
  if (!now) throw new Error('a station without settings')
  const { seed } = traits
  const toLocal = around.zone.offset(at) + now.settings.clockOffset
  const wanted = (regime: Regime) => wantedWater(regime, at + toLocal)
  const reference = wanted(now)
  const on = isOn(now)
  const cellar = traits.cellar + 0.25 * Math.max(0, around.lasting - 8)
  const steady = follow(stretches, at, on ? 3 * minute : 90 * minute, (regime) => (isOn(regime) ? wanted(regime) : cellar))
  const draw = on ? drawAt(traits, at, at + toLocal) : 0
  const flow = clamp(steady - 2.2 * draw * (0.5 + 0.5 * wave(seed + 60, at, 50 * second)) + 0.35 * wave(seed + 61, at, 2 * minute), 5, 120)
  // Cold water takes the heat out of the return; circulation alone leaves it warm.
  const idle = Math.min(traits.idleReturn + 1.2 * wave(seed + 62, at, 40 * minute), steady - 4)
  const drawn = coldWater + 9 + 3 * wave(seed + 63, at, 20 * minute)
  const error = reference - flow
  return {
    phase: now.phase,
    reference,
    flow,
    return: clamp(Math.min(idle + (drawn - idle) * draw, flow - 0.5), 4, 110),
    returnReference: now.settings.water.returnLimit,
    on,
    motor: !on
      ? 0
      : error > 1.2
        ? 1
        : error < -1.2
          ? -1
          : chance(seed + 64, Math.floor(at / (3 * second))) < 0.08
            ? error > 0
              ? 1
              : -1
            : 0,
    opening: on ? 16 + 55 * draw : 0,
  }
}

const isOn = ({ phase }: Regime) => phase !== 'manual' && phase !== 'frost'

function wantedWater({ phase, settings: { water } }: Regime, local: number): number {
  if (phase === 'frost' || phase === 'manual') return water.frost
  const held = clamp(phase === 'comfort' ? water.comfort : water.setback, water.min, Math.max(water.min, water.max))
  const { weekday, time } = dayTime(local)
  const { days, start, duration, temperature } = water.disinfection
  const runs = temperature !== null && ((days >> weekday) & 1) === 1 && time >= start && time < start + duration
  return runs ? Math.max(held, temperature) : held
}

/** 0…1: how much of the greatest flow is drawn. Many flats draw all the time, few now and then. */
function drawAt(traits: Traits, at: number, local: number): number {
  const likely = habitAt(local).now
  const crowd = clamp(traits.flats / 60, 0.1, 1)
  const bursts = 0.5 + 0.5 * wave(traits.seed + 70, at, 9 * minute)
  const edge = clamp(1 - likely * (0.22 + 0.12 * crowd), 0.08, 0.97)
  const burst = smoothStep(edge, Math.min(1, edge + 0.25), bursts)
  return clamp(burst * (0.55 + 0.1 * likely) + 0.12 * crowd * likely, 0, 1)
}
