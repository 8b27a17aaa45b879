import type { Point } from '../devices/profile.ts'

/** Names of states by which a profile says that the controller raises an alarm. */
const alarmStates: ReadonlySet<string> = new Set(['alarm.active'])
/** What a controller says of an input: of one without a sensor as well, so that it is an alarm only where somebody asks for it. */
const sensorStates: ReadonlySet<string> = new Set(['sensor.invalid', 'sensor.open', 'sensor.short'])

/** Points by which a controller says itself that something is wrong: those with a state that is named so in the profile. */
export function controllerAlarmPoints(points: readonly Point[]): Point[] {
  return points.filter((point) => valuesNamed(point, alarmStates).length > 0)
}

/**
 * Whether a value of a point says that something is wrong: a state that is named so, a sensor that is open or short; of points whose states have
 * no such names (a fault code, an alarm output) everything but 0.
 */
export function alarmTestOf(point: Point): (value: number) => boolean {
  const wrong = [...valuesNamed(point, alarmStates), ...valuesNamed(point, sensorStates)]
  return wrong.length > 0 ? (value) => wrong.includes(value) : (value) => value !== 0
}

/** Canonical values. */
function valuesNamed({ values = {}, scale, offset }: Point, names: ReadonlySet<string>): number[] {
  return Object.entries(values).flatMap(([raw, name]) => (names.has(name) ? [Number(raw) * scale + offset] : []))
}
