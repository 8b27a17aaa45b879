import type { HeatingSettings, Mode, Settings } from '../image/settings.ts'
import type { Ailments } from './ailments.ts'
import { flowFor, roomShift } from './heat-curve.ts'
import type { Memory } from './memory.ts'
import { clamp, smoothStep } from './noise.ts'
import { phases, type Phase } from './state.ts'
import { boosted, leadOf, rampedRoom, warmingFor } from './warm-up.ts'
import { programAt, type Week } from './week.ts'
import { dayTime } from './local-time.ts'

const hour = 3_600_000
/** s in which a return above its limit takes the reference down by as many kelvins. */
const returnReset = 1_500
/** The greatest that the return limit takes away, K. */
const mostByReturn = 8

/** Comfort from Monday to Friday, 6 to 17 h. */
const officeWeek: Week = Array.from({ length: 7 }, (_, day) => (day < 5 ? [[360, 1_020] as const] : []))
const always: Week = Array.from({ length: 7 }, () => [[0, 1_440] as const])

/** What the controllers aim at. Columns by house; phases as positions in `phases`, flags as 0 and 1. */
export type References = {
  readonly heating: Float64Array
  readonly water: Float64Array
  readonly phase: Float64Array
  readonly waterPhase: Float64Array
  readonly heats: Float64Array
  readonly makesWater: Float64Array
  readonly cutOut: Float64Array
  readonly returnLimit: Float64Array
  readonly byReturn: Float64Array
  readonly byRoom: Float64Array
  begin(house: number, outdoor: number): void
  /** Filters and integrators go on by `seconds` (0: settings have changed), then everything is worked out anew. `local`: as if UTC ms. */
  step(house: number, settings: Settings, ill: Ailments, seen: Sight, local: number, seconds: number): void
}

/** What the controller's sensors say; NaN: broken. */
export type Sight = { outdoor: number; room: number; primaryReturn: number }

/** Weather compensation as the maker describes it: curve, wanted room, room influence, return limit, flow limits, cut-out. */
export function createReferences(size: number, memory: Memory): References {
  const column = () => memory.column(size)
  const [heating, water, phase, waterPhase, heats, makesWater, cutOut, returnLimit, byReturn, byRoom] = Array.from(
    { length: 10 },
    column,
  ) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  /** Outdoor temperature as the controller's filter (2 h) and as its cut-out (12 h) feel it. */
  const felt = column()
  const lasting = column()
  const excess = column()

  return {
    heating,
    water,
    phase,
    waterPhase,
    heats,
    makesWater,
    cutOut,
    returnLimit,
    byReturn,
    byRoom,
    begin(i, outdoor) {
      felt[i] = outdoor
      lasting[i] = outdoor
    },
    step(i, settings, ill, seen, local, seconds) {
      const set = settings.heating
      // A broken outdoor sensor leaves the filters where they are.
      if (Number.isFinite(seen.outdoor)) {
        felt[i] = (felt[i] as number) + (seen.outdoor - (felt[i] as number)) * (1 - Math.exp(-seconds / 7_200))
        lasting[i] = (lasting[i] as number) + (seen.outdoor - (lasting[i] as number)) * (1 - Math.exp(-seconds / 43_200))
      }
      const outdoor = felt[i] as number
      const week = ill.officeWeek ? officeWeek : (set.week ?? always)
      const early = local + leadOf(set, outdoor)
      const atTime = phaseOf(settings.manual, set.mode, week, local)
      const now = atTime === 'saving' ? phaseOf(settings.manual, set.mode, week, early) : atTime
      const warming = set.ramp || set.boost ? warmingFor(set, week, atTime === now ? local : early) : Infinity
      const held = wantedRoom('saving', set, lasting[i] as number)
      const wanted =
        now === 'comfort'
          ? rampedRoom(set.stopped ? set.frost : set.comfort, held, set, warming)
          : wantedRoom(now, set, lasting[i] as number)
      cutOut[i] = isCutOut(set.cutOut, lasting[i] as number, cutOut[i] === 1) && !ill.noCutOut ? 1 : 0
      const on = now !== 'frost' && now !== 'manual' && !set.stopped && cutOut[i] === 0 && !isNight(ill, local)
      heats[i] = on ? 1 : 0
      phase[i] = phases.indexOf(now)
      returnLimit[i] = limitAt(set, outdoor)
      const above = Number.isFinite(seen.room) ? seen.room - wanted : 0
      byRoom[i] = on ? clamp(above > 0 ? above * set.roomInfluence.max : -above * set.roomInfluence.min, -8, 8) : 0
      const gain = -set.returnLimit.influence
      const over = on && gain > 0 && Number.isFinite(seen.primaryReturn) ? seen.primaryReturn - (returnLimit[i] as number) : 0
      excess[i] = on && gain > 0 ? clamp((excess[i] as number) + (over * seconds) / returnReset, 0, mostByReturn) : 0
      byReturn[i] = gain > 0 ? -clamp(gain * (0.25 * Math.max(0, over) + (excess[i] as number)), 0, mostByReturn) : 0
      const free = (flowFor(set.curve, outdoor) + roomShift(wanted, set.slope)) * boosted(set, warming) + byRoom[i] + byReturn[i]
      heating[i] = on ? clamp(free, Math.min(set.minFlow, set.maxFlow), set.maxFlow) : set.frost

      const hot = phaseOf(settings.manual, settings.water.mode, settings.water.week ?? always, local)
      waterPhase[i] = phases.indexOf(hot)
      makesWater[i] = hot === 'comfort' || hot === 'saving' ? 1 : 0
      water[i] = wantedWater(hot, settings, local)
    },
  }
}

function phaseOf(manual: boolean, mode: Mode, week: Week, local: number): Phase {
  if (manual || mode === 0) return 'manual'
  if (mode === 1) return programAt(week, local).comfort ? 'comfort' : 'saving'
  return mode === 2 ? 'comfort' : mode === 3 ? 'saving' : 'frost'
}

/** Setback fades out towards the outdoor temperature below which there is none. */
function wantedRoom(phase: Phase, settings: HeatingSettings, outdoor: number): number {
  if (phase === 'frost' || phase === 'manual' || settings.stopped) return settings.frost
  if (phase === 'comfort') return settings.comfort
  const { autoSetback: limit, comfort, setback } = settings
  return limit === null ? setback : comfort + (setback - comfort) * smoothStep(limit - 1, limit + 1, outdoor)
}

function isCutOut(limit: number | null, outdoor: number, was: boolean): boolean {
  return limit !== null && outdoor >= limit - (was ? 0.5 : 0)
}

function limitAt({ returnLimit: line }: HeatingSettings, outdoor: number): number {
  if (line.highOutdoor <= line.lowOutdoor) return line.high
  const share = clamp((outdoor - line.lowOutdoor) / (line.highOutdoor - line.lowOutdoor), 0, 1)
  return line.high + share * (line.low - line.high)
}

function isNight({ night }: Ailments, local: number): boolean {
  if (!night) return false
  const now = dayTime(local).time / hour
  return night.from <= night.to ? now >= night.from && now < night.to : now >= night.from || now < night.to
}

function wantedWater(phase: Phase, { water }: Settings, local: number): number {
  if (phase === 'frost' || phase === 'manual') return water.frost
  const held = clamp(phase === 'comfort' ? water.comfort : water.setback, water.min, Math.max(water.min, water.max))
  const { weekday, time } = dayTime(local)
  const { days, start, duration, temperature } = water.disinfection
  const runs = temperature !== null && ((days >> weekday) & 1) === 1 && time >= start && time < start + duration
  return runs ? Math.max(held, temperature) : held
}
