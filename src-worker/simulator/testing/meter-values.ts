import type { FlatProfile } from '#shared/devices/profile.ts'
import type { LineMeter } from '#shared/simulator/scenario.ts'
import { heatMeter } from '../serve/heat-meter.ts'
import { shownBy, type MeterSource } from '../serve/meter-line.ts'

/** What whoever reads a meter with a profile must find at a moment (UTC ms): values of its points in their order, null where there is none. */
export function meterValues(meter: LineMeter, profile: FlatProfile, source: MeterSource): (at: number) => (number | null)[] {
  const read = heatMeter(meter).reader(profile)
  return (at) => read(shownBy(meter, source, at))
}
