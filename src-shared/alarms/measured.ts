import { units, type Quantity } from '../units.ts'
import type { AlarmKind } from './rule.ts'

/** What figures of the program itself are counted in. */
const healthUnits: Record<string, string> = { diskFree: 'GB', backupAge: 'h' }

/** The unit of the value and limit of an alarm; empty where there is none. A change of a temperature in an hour is one of kelvins. */
export function unitOf({ kind, is, part }: { kind: AlarmKind; is: Quantity | null; part: string }): string {
  if (is === null) return healthUnits[part] ?? ''
  if (kind !== 'rate') return units[is]
  return `${is === 'temperature' ? units.temperatureDifference : units[is]}/h`
}

/** The value of an alarm is what its rule made of readings, and not the reading of its point. */
export const isMade = (kind: AlarmKind): boolean => kind === 'rate' || kind === 'consumption'
