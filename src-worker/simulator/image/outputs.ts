import type { FlatProfile } from '#shared/devices/profile.ts'
import type { StationState } from '../physics/state.ts'

/** What a relay of an application switches. */
export type Duty = 'heatingPump' | 'waterPump' | 'alarm' | null

/** Relays from 1 on, and which motor of two triacs each is the heating's and the hot water's; 0: none. */
export type Wiring = { relays: readonly Duty[]; heatingMotor: number; waterMotor: number }

const both: Wiring = { relays: ['waterPump', 'heatingPump', null, 'alarm'], heatingMotor: 2, waterMotor: 1 }
const charging: Wiring = { relays: ['heatingPump', 'waterPump', 'waterPump', 'alarm'], heatingMotor: 2, waterMotor: 1 }
const tank: Wiring = { relays: ['heatingPump', 'waterPump', 'waterPump', 'alarm'], heatingMotor: 1, waterMotor: 2 }
const heatingOnly: Wiring = { relays: ['heatingPump', null, null, 'alarm'], heatingMotor: 1, waterMotor: 0 }
const waterOnly: Wiring = { relays: ['waterPump', null, null, 'alarm'], heatingMotor: 0, waterMotor: 1 }

// Application type of the key → what hangs on its outputs.
const wirings: Readonly<Record<number, Wiring>> = {
  217: waterOnly,
  237: tank,
  247: charging,
  260: heatingOnly,
  266: both,
  337: tank,
  347: charging,
  361: heatingOnly,
  367: tank,
  368: charging,
  376: both,
  377: charging,
}

/** How the outputs of a profile's application are wired. */
export function wiringOf({ detect }: Pick<FlatProfile, 'detect'>): Wiring {
  return wirings[detect['identity.applicationType'] ?? 0] ?? heatingOnly
}

export function isOn(duty: Duty | undefined, { heating, water, alarms }: StationState): boolean {
  if (duty === 'heatingPump') return heating.on
  if (duty === 'waterPump') return water.on
  return duty === 'alarm' && (alarms.sensor || alarms.flowDeviation)
}

/** Whether a triac is fed: of each pair the first opens, the second closes. A heating valve that is not wanted is held shut. */
export function isFed(triac: number, { heatingMotor, waterMotor }: Wiring, { heating, water }: StationState): boolean {
  const motor = Math.ceil(triac / 2)
  const opens = triac % 2 === 1
  if (motor === heatingMotor) return opens ? heating.motor === 1 : heating.motor === -1 || !heating.on
  return motor === waterMotor && water.motor === (opens ? 1 : -1)
}
