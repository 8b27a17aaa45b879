import { place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { moved, type Moved } from './moved.ts'

/** What all controllers of one profile share. Registers stand by wire address; what is not in the image is not served. */
export type Model = {
  image: ReadonlyMap<number, number>
  byId: ReadonlyMap<string, Point>
  byAddress: ReadonlyMap<number, readonly Point[]>
  /** The points that the simulation moves. */
  live: readonly { point: Point; value: Moved }[]
}

export function modelOf(profile: FlatProfile): Model {
  const byAddress = new Map<number, Point[]>()
  for (const point of profile.points) {
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const others = byAddress.get(point.address + i)
      if (others) others.push(point)
      else byAddress.set(point.address + i, [point])
    }
  }
  return {
    image: layOut(profile),
    byId: new Map(profile.points.map((point) => [point.id, point])),
    byAddress,
    live: profile.points.flatMap((point) => {
      const value = moved(point.id)
      return value ? [{ point, value }] : []
    }),
  }
}

/**
 * The registers of a controller with this profile as it was found: its own sample, and for each point that the sample does not
 * reach what `detect` asks for or a value that nobody would wonder about. Registers known not to be served are left out.
 */
function layOut(profile: FlatProfile): Map<number, number> {
  const image = new Map<number, number>()
  const sample = profile.samples[0]
  for (const [number, raw] of Object.entries(sample?.registers ?? {})) image.set(Number(number) - profile.firstRegister, raw & 0xffff)
  const holes = new Set((profile.unserved ?? []).map((number) => number - profile.firstRegister))
  for (const point of profile.points) {
    const addresses = Array.from({ length: wordsOf[point.as] }, (_, i) => point.address + i)
    if (addresses.every((address) => image.has(address)) || addresses.some((address) => holes.has(address))) continue
    const words = addresses.map((address) => image.get(address) ?? 0)
    fill(point, profile.detect[point.id], words)
    words.forEach((word, i) => image.set(point.address + i, word))
  }
  return image
}

/** OFF where there is one, the fault value of a sensor that is not connected, else the number nearest to nothing. */
function fill(point: Point, detected: number | undefined, words: number[]): void {
  const bare = { ...point, scale: 1, offset: 0, faults: [] }
  const raw = detected ?? point.off ?? (point.write ? undefined : (point.faults[0] ?? 0))
  if (raw !== undefined) place(bare, raw, words)
  else if (point.write) place(point, Math.min(Math.max(0, point.write.min), point.write.max), words)
}
