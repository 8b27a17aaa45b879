import { alarms } from '#shared/alarms/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Capability, Host } from '../capability.ts'

/** `guard` says which series are read at least once a minute, since a rule looks at them. */
export type AlarmPorts = { guard: (series: ReadonlySet<number>) => void }

/** Rules, alarms as they stand, their history, and whom they are told. */
export function createAlarms(_host: Host, _ports: AlarmPorts): Capability {
  const none = () => {
    throw new Failure('notFound', { what: 'alarm' })
  }
  return { operations: Object.fromEntries(Object.keys(alarms).map((name) => [name, none])) }
}
