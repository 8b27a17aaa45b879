import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { StationState } from '../physics/state.ts'

/** What a relay of an application switches. */
export type Duty = 'heatingPump' | 'waterPump' | 'chargePump' | 'alarm' | null

export type Output = { kind: 'relay' | 'triac'; n: number }

/**
 * Relays from 1 on, and which motor of two triacs each is the heating's and the hot water's; 0: none. `outputs`: point that shows an
 * output, by its id.
 */
export type Wiring = { relays: readonly Duty[]; heatingMotor: number; waterMotor: number; outputs: ReadonlyMap<string, Output> }

type Plan = Omit<Wiring, 'outputs'>
const both: Plan = { relays: ['waterPump', 'heatingPump', null, 'alarm'], heatingMotor: 2, waterMotor: 1 }
const charging: Plan = { relays: ['heatingPump', 'chargePump', 'waterPump', 'alarm'], heatingMotor: 2, waterMotor: 1 }
const tank: Plan = { relays: ['heatingPump', 'chargePump', 'waterPump', 'alarm'], heatingMotor: 1, waterMotor: 2 }
const heatingOnly: Plan = { relays: ['heatingPump', null, null, 'alarm'], heatingMotor: 1, waterMotor: 0 }
const waterOnly: Plan = { relays: ['waterPump', null, null, 'alarm'], heatingMotor: 0, waterMotor: 1 }

// Application type of the key → what hangs on its outputs, where its profile does not name them.
const plans: Readonly<Record<number, Plan>> = {
  217: waterOnly,
  237: tank,
  247: charging,
  266: both,
  337: tank,
  347: charging,
  367: tank,
  368: charging,
  376: both,
  377: charging,
}

/** How the outputs of a profile's application are wired; what the profile names counts before what is usual. */
export function wiringOf({ detect, points }: Pick<FlatProfile, 'detect' | 'points'>, heating: string | null): Wiring {
  const plan = plans[detect['identity.applicationType'] ?? 0] ?? heatingOnly
  const outputs = new Map([...outputsOf(points, 'relay'), ...outputsOf(points, 'triac')])
  const named = [...outputs].flatMap(([id, { kind, n }]) => (kind === 'relay' ? [[n, dutyOf(id, heating)] as const] : []))
  const duties = new Map(named.filter(([, duty]) => duty !== undefined))
  const relays = [1, 2, 3, 4, 5, 6].map((n) => {
    const usual = plan.relays[n - 1] ?? null
    return duties.has(n) ? (duties.get(n) ?? null) : [...duties.values()].includes(usual) ? null : usual
  })
  const motor = (part: string, usual: number) => {
    const opening = outputs.get(`${part}.valveOpening`)
    return opening ? Math.ceil(opening.n / 2) : usual
  }
  return { relays, heatingMotor: motor(heating ?? '', plan.heatingMotor), waterMotor: motor('hotWater', plan.waterMotor), outputs }
}

/** All outputs of a kind stand one after the other: where one is known by its number, the others follow. */
function outputsOf(points: readonly Point[], kind: Output['kind']): [id: string, Output][] {
  const numbered = points.flatMap(({ id, address }) => {
    const n = Number(id.startsWith(kind) ? id.slice(kind.length) : Number.NaN)
    return Number.isInteger(n) ? [{ n, address }] : []
  })[0]
  if (!numbered) return []
  return points.flatMap(({ id, area, address }) => {
    const n = address - numbered.address + numbered.n
    return area === 'holding' && n >= 1 && n <= 6 ? [[id, { kind, n }]] : []
  })
}

/** What a relay is for by the name of its point; undefined: the point is named after the relay. */
function dutyOf(id: string, heating: string | null): Duty | undefined {
  if (/^relay\d$/.test(id)) return undefined
  if (id === `${heating}.pump`) return 'heatingPump'
  if (id === 'hotWater.chargePump') return 'chargePump'
  if (id === 'hotWater.pump' || id === 'hotWater.circulationPump') return 'waterPump'
  return id === 'alarmOutput' ? 'alarm' : null
}

export function isOn(duty: Duty | undefined, { heating, water, alarms }: StationState): boolean {
  if (duty === 'heatingPump') return heating.on
  if (duty === 'waterPump') return water.on
  if (duty === 'chargePump') return water.on && water.opening > 1
  return duty === 'alarm' && (alarms.sensor || alarms.flowDeviation)
}

/** Whether a triac is fed: of each pair the first opens, the second closes. A heating valve that is not wanted is held shut. */
export function isFed(triac: number, { heatingMotor, waterMotor }: Wiring, { heating, water }: StationState): boolean {
  const motor = Math.ceil(triac / 2)
  const opens = triac % 2 === 1
  if (motor === heatingMotor) return opens ? heating.motor === 1 : heating.motor === -1 || !heating.on
  return motor === waterMotor && water.motor === (opens ? 1 : -1)
}
