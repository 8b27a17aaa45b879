import type { AlarmKind, AlarmTest, TestOf } from '#shared/alarms/rule.ts'
import type { RulePoints } from '../point-choices.ts'

/** What the form of a kind is given. */
export type FormProps<K extends AlarmKind> = { test: TestOf<K>; points: RulePoints; onChange: (test: AlarmTest) => void }

/** A change of values is said in kelvin where the value itself is in degrees. */
export const differenceUnit = (unit: string) => (unit === '°C' ? 'K' : unit)
