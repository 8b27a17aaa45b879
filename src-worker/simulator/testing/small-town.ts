import type { Opening } from '#shared/simulator/port.ts'
import { coarseUntil, strideAt } from '../time/stride.ts'
import type { Town } from '../town.ts'
import { plainStation } from './demo-town.ts'

/** A town of so many plain stations S1, S2… in one zone, on ports of its own choice. */
export function smallTown(count: number, changes: Partial<Opening> = {}): Opening {
  const stations = Array.from({ length: count }, (_, i) =>
    plainStation({ name: `S${i + 1}`, place: `Street ${i + 1}`, seed: 100 + i, serial: 80_001 + i, zone: 'Z1' }),
  )
  return { stations, ports: null, host: '127.0.0.1', ...changes }
}

/** Lets a town live until a moment (simulated UTC ms) in the steps in which the worker would. */
export function runTo(town: Town, until: number): void {
  const coarse = coarseUntil(town.now, until)
  for (;;) {
    const stride = strideAt(town.now, until, coarse, town.event)
    if (stride === 0) return
    town.step(stride)
  }
}
