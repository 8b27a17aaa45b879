import type { Fault, FaultKind } from '#shared/simulator/faults.ts'
import { paramsOf } from '#shared/simulator/faults.ts'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import type { ControlSettings, Settings } from '../../image/settings.ts'
import { curveOf } from '../heat-curve.ts'
import { designFlow } from '../house.ts'
import { layOutNetwork } from '../lay-out-network.ts'
import { createPhysics } from '../physics.ts'
import type { HousePlan, Physics } from '../port.ts'

export const day = 86_400

const control = (runTime: number): ControlSettings => ({ band: 80, integration: 30, neutralZone: 3, runTime })

/** A controller as a fitter leaves it: comfort from 6 to 22 h, return limit that acts. */
export function usualSettings(slope: number, changes: Partial<Settings['heating']> = {}): Settings {
  return {
    manual: false,
    heating: {
      mode: 1,
      stopped: false,
      week: Array.from({ length: 7 }, () => [[360, 1_320] as const]),
      slope,
      curve: curveOf(slope),
      comfort: 20,
      setback: 18,
      frost: 10,
      minFlow: 10,
      maxFlow: 90,
      cutOut: 17,
      autoSetback: null,
      roomInfluence: { max: 0, min: 0 },
      returnLimit: { highOutdoor: 15, low: 50, lowOutdoor: -15, high: 60, influence: -1 },
      control: control(60),
      ...changes,
    },
    water: {
      mode: 1,
      week: null,
      comfort: 55,
      setback: 50,
      frost: 10,
      min: 10,
      max: 90,
      returnLimit: 60,
      control: control(15),
      disinfection: { days: 0, start: 0, duration: 0, temperature: null },
    },
    relays: [0, 0, 0, 0, 0, 0],
    clockOffset: 0,
  }
}

export function housePlans(count: number): HousePlan[] {
  return Array.from({ length: count }, (_, i) => ({ name: `House ${i + 1}`, seed: 100 + i * 37 }))
}

/** A town on the Danish coast whose stations are set up; begins on 5 January 2026 unless told. */
export function smallTown(count: number, start = Date.UTC(2026, 0, 5)): Physics {
  const houses = housePlans(count)
  const physics = createPhysics({ climate: coastalClimate, houses, network: layOutNetwork(houses.map(designFlow), 1), start })
  for (let i = 0; i < count; i++) physics.obey(i, usualSettings(1.1 + (i % 5) * 0.1))
  return physics
}

/** Steps through so many seconds; `look` after each step. */
export function live(physics: Physics, seconds: number, step: number, look?: () => void): void {
  for (let passed = 0; passed < seconds; passed += step) {
    physics.step(step)
    look?.()
  }
}

export function fault(kind: FaultKind, target: string, params: Record<string, number> = {}): Fault {
  return { id: `${kind} ${target}`, kind, target, params: paramsOf(kind, params), from: 0, to: null }
}
