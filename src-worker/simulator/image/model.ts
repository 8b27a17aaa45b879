import { place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { FlatProfile, Point, Write } from '#shared/devices/profile.ts'
import { clockField, type ClockField } from './clock.ts'
import { holdOf, type Hold } from './hold.ts'
import { movedOf, type Moved, type Parts } from './moved.ts'
import { wiringOf } from './outputs.ts'
import { placeOf, placeOfPoint } from './place.ts'
import { usualOf } from './usual.ts'

/** A point that the simulation moves. */
export type Live = { point: Point; at: number; words: number; value: Moved; hold: Hold }
export type Claim = NonNullable<Write['claim']>

/** What all controllers of one profile share. Registers stand by place (place.ts); what is not in the image is not served. */
export type Model = {
  profile: FlatProfile
  parts: Parts
  image: ReadonlyMap<number, number>
  byId: ReadonlyMap<string, Point>
  byPlace: ReadonlyMap<number, readonly Point[]>
  live: readonly Live[]
  clock: readonly { point: Point; field: ClockField }[]
  /** Level coils, and the point that each lets through. */
  claims: ReadonlyMap<number, { point: Point; claim: Claim }>
  /** Registers that are no points and take any word up to this one: the access code, the blinking display. */
  free: ReadonlyMap<number, number>
  unlock: { at: number; value: number } | null
}

export function modelOf(profile: FlatProfile): Model {
  const byPlace = new Map<number, Point[]>()
  for (const point of profile.points) {
    for (let i = 0; i < wordsOf[point.as]; i++) {
      const others = byPlace.get(placeOfPoint(point) + i)
      if (others) others.push(point)
      else byPlace.set(placeOfPoint(point) + i, [point])
    }
  }
  const parts = partsOf(profile)
  const free = freeOf(profile)
  return {
    profile,
    parts,
    image: layOut(profile, free, parts.byGradient),
    byId: new Map(profile.points.map((point) => [point.id, point])),
    byPlace,
    live: profile.points.flatMap((point) => {
      const value = movedOf(point, parts)
      return value ? [{ point, at: placeOfPoint(point), words: wordsOf[point.as], value, hold: holdOf(point) }] : []
    }),
    clock: profile.points.flatMap((point) => {
      const field = clockField(point.id)
      return field ? [{ point, field }] : []
    }),
    claims: new Map(
      profile.points.flatMap((point) =>
        point.write?.claim ? [[placeOf('coil', point.write.claim.address), { point, claim: point.write.claim }] as const] : [],
      ),
    ),
    free,
    unlock: profile.unlock ? { at: placeOf('holding', profile.unlock.at), value: profile.unlock.value } : null,
  }
}

/** The lowest circuit is the building's heating; further ones have no sensors. */
function partsOf(profile: FlatProfile): Parts {
  const names = new Set(profile.points.map(({ id }) => id.split('.', 1)[0] ?? ''))
  const heating = [...names].filter((name) => /^circuit\d$/.test(name)).toSorted()[0] ?? null
  const wiring = wiringOf(profile, heating)
  // Controllers whose inputs are not named after what hangs on them.
  const rawInputs = !profile.points.some(({ id }) => id === 'room' || id === `${heating}.outdoor`)
  const byGradient = profile.points.some(({ id }) => id === `${heating}.fourPoint.comfort1`)
  return { byGradient, heating, water: names.has('hotWater') ? 'hotWater' : null, wiring, rawInputs }
}

function freeOf({ unlock, wink }: FlatProfile): Map<number, number> {
  const free = new Map<number, number>()
  if (unlock) free.set(placeOf('holding', unlock.at), 0xffff)
  if (wink) free.set(placeOf('holding', wink.at), wink.max)
  return free
}

/**
 * The registers of a controller with this profile as it was found: its own sample, and for each point that the sample does not
 * reach what `detect` asks for, what it usually stands at or a value that nobody would wonder about. Registers known not to be
 * served are left out; those between two blocks that a driver may join are served as 0.
 */
function layOut(profile: FlatProfile, free: ReadonlyMap<number, number>, byGradient: boolean): Map<number, number> {
  const image = new Map<number, number>()
  const sample = profile.samples[0]
  for (const [number, raw] of Object.entries(sample?.registers ?? {})) {
    image.set(placeOf('holding', Number(number) - profile.firstRegister), raw & 0xffff)
  }
  // Where holding registers are counted from 40001, coils are counted from 1.
  const firstCoil = Math.min(1, profile.firstRegister)
  for (const [number, raw] of Object.entries(sample?.coils ?? {})) image.set(placeOf('coil', Number(number) - firstCoil), raw)
  const holes = new Set((profile.unserved ?? []).map((number) => placeOf('holding', number - profile.firstRegister)))
  for (const { write } of profile.points) {
    const coil = write?.claim && placeOf('coil', write.claim.address)
    if (write?.claim && coil !== undefined && !image.has(coil)) image.set(coil, write.claim.giveBack)
  }
  for (const point of profile.points) {
    const places = Array.from({ length: wordsOf[point.as] }, (_, i) => placeOfPoint(point) + i)
    if (places.every((at) => image.has(at)) || places.some((at) => holes.has(at))) continue
    const words = places.map((at) => image.get(at) ?? 0)
    fill(point, profile.detect[point.id], words, byGradient)
    words.forEach((word, i) => image.set(placeOfPoint(point) + i, word))
  }
  for (const at of free.keys()) image.set(at, 0)
  joinBlocks(image, profile.limits.gap, holes)
  return image
}

/** What is usual, what leaves it to the controller, OFF, the fault value of a sensor that is not connected, else the nearest to nothing. */
function fill(point: Point, detected: number | undefined, words: number[], byGradient: boolean): void {
  const value = detected === undefined ? (usualOf(point, byGradient) ?? point.automatic?.[0]) : undefined
  if (value !== undefined) return place(point, value, words)
  const bare = { ...point, scale: 1, offset: 0, faults: [], factors: undefined }
  const raw = detected ?? point.off ?? (point.write ? undefined : point.faults[0])
  if (raw !== undefined) place(bare, raw, words)
  else if (point.write) place(point, Math.min(Math.max(0, point.write.min), point.write.max), words)
}

function joinBlocks(image: Map<number, number>, gap: number, holes: ReadonlySet<number>): void {
  const places = [...image.keys()].toSorted((a, b) => a - b)
  for (const [i, at] of places.entries()) {
    const before = places[i - 1] ?? at
    if (at - before - 1 > gap) continue
    for (let between = before + 1; between < at; between++) if (!holes.has(between)) image.set(between, 0)
  }
}
