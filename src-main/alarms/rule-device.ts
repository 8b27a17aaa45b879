import type { RuleDevice } from '#shared/alarms/planned.ts'
import type { PlantDevice } from '../plant.ts'

/** A device as rules see it. */
export function ruleDevice(device: PlantDevice): RuleDevice {
  const { id, name, place, tags, profile, series, unserved } = device
  return {
    id,
    name,
    place,
    tags,
    profile: profile.id,
    points: profile.points,
    series,
    served: (point) => !unserved.some(({ area, address }) => area === point.area && address === point.address),
  }
}

/** What a device is reached through: host and port, or the path of a serial port. */
export const lineOf = ({ address }: PlantDevice): string => (address.port > 0 ? `${address.host}:${address.port}` : address.host)
