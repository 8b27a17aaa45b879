import { flowFor, roomShift } from './physics/heat-curve.ts'
import { clamp, chance, smoothStep, wave } from './physics/noise.ts'
import { follow, regimes, type Phase, type Regime, type Timeline } from './regimes.ts'
import type { HeatingSettings } from './image/settings.ts'
import type { Surroundings } from './surroundings.ts'
import type { Traits } from './traits.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
// What is older has left nothing behind in a room that follows within most of a day.
const reach = 4 * 24 * hour

/** What the heating circuit does at an instant; temperatures in °C. */
export type HeatingState = {
  phase: Phase
  reference: number
  flow: number
  return: number
  /** null: the sensor is broken. */
  room: number | null
  /** What the return shall not exceed. */
  returnReference: number
  /** Heat is wanted: the pump runs and the valve is controlled. */
  on: boolean
  /** -1: the valve is being closed, 1: opened. */
  motor: -1 | 0 | 1
  /** What the return limit and the room did to the reference, K. */
  byReturn: number
  byRoom: number
  cutOut: boolean
}

/** `level` is what the flow tends to, °C. */
type Aim = { reference: number; on: boolean; level: number; byReturn: number; byRoom: number }

export function heatingAt(traits: Traits, around: Surroundings, timeline: Timeline, at: number): HeatingState {
  const stretches = regimes(
    timeline,
    ({ manual, heating }) => ({ mode: manual ? 0 : heating.mode, week: heating.week ?? traits.heatingWeek }),
    around.zone,
    at,
    reach,
  )
  const now = stretches[0]
  if (!now) throw new Error('a station without settings')
  const { seed } = traits
  const room = roomAt(traits, around, stretches, at)
  const aims = new Map<HeatingSettings, Partial<Record<Phase, Aim>>>()
  const aim = ({ phase, settings: { heating } }: Regime): Aim => {
    const known = aims.get(heating) ?? {}
    aims.set(heating, known)
    return (known[phase] ??= aimOf(phase, heating, traits, around, room))
  }
  const { reference, on, byReturn, byRoom } = aim(now)
  // Pipes that stand still cool slowly; pipes that are controlled follow within minutes.
  const tau = on ? traits.flowTauMs : 45 * minute
  const level = (regime: Regime) => aim(regime).level
  const steady = follow(stretches, at, tau, level)
  const slow = follow(stretches, at, 3 * tau, level)
  const swing = traits.hunts && on ? 4.2 * Math.sin((2 * Math.PI * at) / (170 * second) + 2 * wave(seed + 30, at, 30 * minute)) : 0
  const ripple = (on ? 0.45 : 0.08) * (0.7 * wave(seed + 31, at, 4 * minute) + 0.3 * wave(seed + 32, at, 35 * second))
  const flow = clamp(steady + swing + ripple, 5, 130)
  const share = clamp(traits.returnShare + 0.02 * wave(seed + 33, at, 5 * hour), 0.2, 0.85)
  const left = room + share * (slow + 0.3 * swing - room) + 0.15 * wave(seed + 34, at, 3 * minute)
  return {
    phase: now.phase,
    reference,
    flow,
    return: clamp(Math.min(left, flow - 0.6), 4, 125),
    returnReference: returnLimit(now.settings.heating, around.felt),
    room: traits.roomSensorBroken ? null : clamp(room, 5, 38),
    on,
    motor: on ? motorAt(traits, now.settings.heating, reference - flow, at) : 0,
    byReturn,
    byRoom,
    cutOut: isTooWarm(now.settings.heating, around),
  }
}

/** Setback fades out towards the outdoor temperature below which there is none. */
function wantedRoom(phase: Phase, settings: HeatingSettings, outdoor: number): number {
  if (phase === 'frost' || phase === 'manual' || settings.stopped) return settings.frost
  if (phase === 'comfort') return settings.comfort
  const { autoSetback: limit, comfort, setback } = settings
  return limit === null ? setback : comfort + (setback - comfort) * smoothStep(limit - 1, limit + 1, outdoor)
}

const isTooWarm = (settings: HeatingSettings, around: Surroundings) => settings.cutOut !== null && around.lasting >= settings.cutOut

/** Weather compensation: curve, wanted room, room influence, return limit, flow limits; off above the cut-out. */
function aimOf(phase: Phase, settings: HeatingSettings, traits: Traits, around: Surroundings, room: number): Aim {
  const wanted = wantedRoom(phase, settings, around.lasting)
  const above = room - wanted
  const { max, min } = settings.roomInfluence
  const byRoom = traits.roomSensorBroken ? 0 : clamp(above > 0 ? above * max : -above * min, -8, 8)
  const free = flowFor(settings.curve, around.felt) + roomShift(wanted, settings.slope) + byRoom
  // The return that the reference itself leads to, so the limit settles where both agree.
  const excess = room + traits.returnShare * (free - room) - returnLimit(settings, around.felt)
  const { influence } = settings.returnLimit
  const byReturn = excess > 0 ? clamp((influence * excess) / (1 - influence * traits.returnShare), -25, 0) : 0
  const reference = clamp(free + byReturn, Math.min(settings.minFlow, settings.maxFlow), settings.maxFlow)
  const on = phase !== 'frost' && phase !== 'manual' && !settings.stopped
  if (on && !isTooWarm(settings, around)) return { reference, on, level: reference, byReturn, byRoom }
  // The longer it has been too warm to heat, the nearer the standing pipes are to their room.
  const cellar = traits.cellar + 0.25 * Math.max(0, around.lasting - 8)
  const beyond = on && settings.cutOut !== null ? around.lasting - settings.cutOut : Infinity
  return { reference: settings.frost, on: false, level: cellar + (reference - cellar) * Math.exp(-beyond / 0.3), byReturn: 0, byRoom: 0 }
}

function returnLimit({ returnLimit: line }: HeatingSettings, outdoor: number): number {
  if (line.highOutdoor <= line.lowOutdoor) return line.high
  const share = clamp((outdoor - line.lowOutdoor) / (line.highOutdoor - line.lowOutdoor), 0, 1)
  return line.high + share * (line.low - line.high)
}

/** A heavy building follows the wanted room over most of a day, and the sun and its people move it a little. */
function roomAt(traits: Traits, around: Surroundings, stretches: readonly Regime[], at: number): number {
  const held = follow(stretches, at, 16 * hour, (regime) => wantedRoom(regime.phase, regime.settings.heating, around.lasting))
  const unheated = 14.2 + 0.44 * around.lasting
  const moved = 0.35 * wave(traits.seed + 40, at, 9 * hour) + 0.12 * wave(traits.seed + 41, at, 40 * minute)
  return Math.max(held, unheated) + moved
}

function motorAt(traits: Traits, settings: HeatingSettings, error: number, at: number): -1 | 0 | 1 {
  const zone = settings.neutralZone / 2
  const direction = error > 0 ? 1 : -1
  if (Math.abs(error) > zone + 2.5) return direction
  // Nearer to the reference the controller moves the valve in short pulses.
  const slot = Math.floor(at / (12 * second))
  const share = smoothStep(0.3 * zone, zone + 2.5, Math.abs(error)) * 0.8 + 0.04
  return chance(traits.seed + 50, slot) < share && at - slot * 12 * second < 4 * second ? direction : 0
}
