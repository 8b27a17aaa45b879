import type { KnownPoint, Points } from '#shared/virtual/compile.ts'
import { pointWords, replacePoints, seriesIn, splitWords } from '#shared/virtual/references.ts'
import type { Database } from '../database.ts'
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

/**
 * The stored text with its points by the names that they have now; a device whose name others have too stands by its id. `place` finds
 * a place of the stored text (the beginning or the end of a word) in it. `gone` has the words for points that no device has any more.
 */
export function shownText(plant: Plant, text: string, gone: ReadonlyMap<number, string>): { text: string; place(at: number): number } {
  const times = new Map<string, number>()
  for (const { name } of plant.all()) times.set(name, (times.get(name) ?? 0) + 1)
  const shifts: { end: number; by: number }[] = []
  const shown = replacePoints(text, (words, { at, end }) => {
    const series = seriesIn(words)
    const said = nameOf(plant, words, times) ?? (series === null ? undefined : gone.get(series)) ?? words
    shifts.push({ end, by: said.length + 2 - (end - at) })
    return said
  })
  return { text: shown, place: (at) => shifts.reduce((sum, { end, by }) => (end <= at ? sum + by : sum), at) }
}

function nameOf(plant: Plant, words: string, times: ReadonlyMap<string, number>): string | undefined {
  const series = seriesIn(words)
  const owner = series === null ? undefined : plant.ownerOf(series)
  if (!owner) return undefined
  const { device, point } = owner
  const clear = times.get(device.name) === 1 && !plant.get(device.name)
  return pointWords(clear ? device.name : device.id, point.id)
}

/** Device and point, as they were called, of the points in some texts that no device has any more, by their series. */
export async function goneFrom(database: Database, plant: Plant, texts: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const series = new Set<number>()
  for (const text of texts) for (const [, digits] of text.matchAll(/\[#(\d+)\]/g)) series.add(Number(digits))
  const lost = [...series].filter((one) => !plant.ownerOf(one)).slice(0, mostNamed)
  if (lost.length === 0) return new Map()
  const rows = await database
    .selectFrom('series')
    .innerJoin('device', 'device.id', 'series.device')
    .select(['series.id', 'series.point', 'device.name'])
    .where('series.id', 'in', lost)
    .execute()
  return new Map(rows.map(({ id, name, point }) => [id, pointWords(name, point)]))
}

/** SQLite takes 32,766 parameters in one statement. */
const mostNamed = 10_000
