import type { Fault } from '#shared/simulator/faults.ts'

export type FaultState = 'standing' | 'over'

/** What stands first, then what was; of each the newest first. */
export function arrange(faults: readonly Fault[]): { fault: Fault; state: FaultState }[] {
  const told = faults.map((fault) => ({ fault, state: fault.to === null ? ('standing' as const) : ('over' as const) }))
  return told.sort((a, b) => Number(a.state === 'over') - Number(b.state === 'over') || b.fault.from - a.fault.from)
}
