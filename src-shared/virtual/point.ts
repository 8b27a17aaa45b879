import type { FlatProfile, Point } from '../devices/profile.ts'
import type { Quantity } from '../units.ts'

/** Id of the profile that devices for calculated points have; its protocol is spoken by nobody. */
export const calculatedProfileId = 'hearthgrid/calculated'

export const calculatedProfile: FlatProfile = {
  id: calculatedProfileId,
  maker: 'Hearthgrid',
  model: 'Calculated points',
  title: 'Calculated points',
  source: 'Formulas of this installation',
  proven: 'table',
  protocol: 'calculated',
  firstRegister: 0,
  limits: { block: 1, gap: 0, functions: [] },
  detect: {},
  key: [],
  samples: [],
  points: [],
}

/** Where no register can be. */
const nowhere = -1

/** The point that a formula becomes. Nothing asks a device for it. */
export function formulaPoint(id: string, name: string, is: Quantity): Point {
  return {
    id,
    formula: true,
    address: nowhere,
    number: 0,
    area: 'holding',
    as: 'float32',
    swap: false,
    bit: undefined,
    bits: 1,
    scale: 1,
    offset: 0,
    is,
    role: is === 'state' ? 'state' : 'measure',
    title: name,
    text: undefined,
    faults: [],
    off: undefined,
    values: is === 'state' ? { '0': 'off', '1': 'on' } : undefined,
    write: undefined,
    unverified: false,
  }
}
