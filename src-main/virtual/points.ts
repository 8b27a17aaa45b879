import type { KnownPoint, Points } from '#shared/virtual/compile.ts'
import { pointWords, replacePoints, seriesIn, splitWords } from '#shared/virtual/references.ts'
import type { Plant, PlantDevice } from '../plant.ts'

type Member = KnownPoint & { tags: readonly string[] }

/**
 * The points of the plant as formulas name them. `own` is the device whose points need no device in front of them. Made anew when
 * devices have changed, since it remembers groups. `strict`: a group that nobody belongs to is a mistake and not merely empty.
 */
export function pointsOf(plant: Plant, { own, strict = false }: { own?: string | undefined; strict?: boolean } = {}): Points {
  const groups = new Map<string, Member[]>()
  const everywhere = (point: string): Member[] => {
    const known = groups.get(point)
    if (known) return known
    const members = plant.all().flatMap((device): Member[] => {
      const found = pointAt(device, point)
      return found && isServed(device, point) ? [{ ...found, tags: device.tags }] : []
    })
    groups.set(point, members)
    return members
  }
  return {
    point: (words) => findPoint(plant, words, own),
    group(point, tag) {
      const members = everywhere(point).filter(({ tags }) => tag === null || tags.includes(tag))
      return strict && members.length === 0 ? null : members
    },
  }
}

/** What stands in square brackets: `#12`, `device / point`, or the point alone for that of the device itself. */
function findPoint(plant: Plant, words: string, own: string | undefined): KnownPoint | 'twice' | null {
  const series = seriesIn(words)
  if (series !== null) {
    const owner = plant.ownerOf(series)
    return owner ? { series, is: owner.point.is } : null
  }
  const parts = splitWords(words)
  if (!parts) {
    const device = own === undefined ? undefined : plant.get(own)
    return device ? pointAt(device, words) : null
  }
  const byId = plant.get(parts.device)
  const named = byId ? [byId] : plant.all().filter(({ name }) => name === parts.device)
  const found = named.flatMap((device) => pointAt(device, parts.point) ?? [])
  return found.length > 1 ? 'twice' : (found[0] ?? null)
}

function pointAt(device: PlantDevice, point: string): KnownPoint | null {
  const i = device.profile.points.findIndex(({ id }) => id === point)
  const series = device.series[i]
  const found = device.profile.points[i]
  return found && series !== undefined ? { series, is: found.is } : null
}

function isServed({ profile, unserved }: PlantDevice, id: string): boolean {
  const point = profile.points.find((one) => one.id === id)
  return !unserved.some(({ area, address }) => area === point?.area && address === point.address)
}

/** The stored text with its points by the names that they have now; a device whose name others have too stands by its id. */
export function shownText(plant: Plant, text: string): string {
  const times = new Map<string, number>()
  for (const { name } of plant.all()) times.set(name, (times.get(name) ?? 0) + 1)
  return replacePoints(text, (words) => {
    const series = seriesIn(words)
    const owner = series === null ? undefined : plant.ownerOf(series)
    if (!owner) return words
    const { device, point } = owner
    const clear = times.get(device.name) === 1 && !plant.get(device.name)
    return pointWords(clear ? device.name : device.id, point.id)
  })
}
