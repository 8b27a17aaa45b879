import type { PointInfo } from '#shared/devices/contract.ts'
import type { OpenDevice } from '../device-context.ts'
import { hasHistory, mostPoints } from './drawn.ts'

/** Points that have a history. */
export function drawable(device: OpenDevice): PointInfo[] {
  return device.points.filter(hasHistory)
}

/** The points that the address names, or the measured key points when it names none. Unknown ones are left out. */
export function pointsOf(words: string | undefined, device: OpenDevice): PointInfo[] {
  const all = drawable(device)
  if (words === undefined) return all.filter(({ id, role }) => role === 'measure' && device.key.some((point) => point.id === id))
  return words
    .split(',')
    .flatMap((id) => all.find((point) => point.id === id) ?? [])
    .slice(0, mostPoints)
}

/** A choice as it stands in the address; an empty choice is said, so that it is not taken for none made. */
export function wordsOf(ids: readonly string[]): string {
  return ids.length === 0 ? '-' : ids.join(',')
}
