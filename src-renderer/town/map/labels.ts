import type { Spot } from './projection.ts'

/** `dots`: the room that it takes. */
export type Label = { text: string; x: number; y: number; angle: number; dots: readonly Taken[] }
export type Taken = { x: number; y: number; radius: number }

const advance = 0.56
const height = 0.62

/** About how wide a text is, px; good enough to keep texts apart. */
export function textWidth(text: string, size: number): number {
  return text.length * size * advance
}

/** Names of streets beside their straightest part, so many px off the line, each once, where there is room and nothing else stands. */
export function streetLabels(
  streets: readonly { name: string; line: readonly Spot[] }[],
  size: number,
  aside: number,
  taken: readonly Taken[],
): Label[] {
  const used = [...taken]
  const named = new Set<string>()
  const labels: Label[] = []
  const parts = streets
    .flatMap(({ name, line }) => straightParts(line).map((part) => ({ name, part, length: distance(part) })))
    .sort((a, b) => b.length - a.length || a.name.localeCompare(b.name))
  for (const { name, part, length } of parts) {
    const wide = textWidth(name, size)
    if (named.has(name) || name === '' || length < wide + size) continue
    const found = placesBeside(part, length, wide, aside).find(({ at, off }) =>
      dotsOf(part, at, off, wide, size).every((dot) => isFree(dot, used)),
    )
    if (!found) continue
    const dots = dotsOf(part, found.at, found.off, wide, size)
    used.push(...dots)
    named.add(name)
    const [x, y] = along(part, found.at)
    labels.push({ text: name, x: x + found.off[0], y: y + found.off[1], angle: uprightAngle(part), dots })
  }
  return labels
}

/** Where a name may stand: in the middle or nearer an end, above the line or below it. */
function placesBeside(part: readonly [Spot, Spot], length: number, wide: number, aside: number): { at: number; off: Spot }[] {
  const angle = (uprightAngle(part) * Math.PI) / 180
  return [1, -1].flatMap((side) =>
    [0.5, 0.3, 0.7]
      .filter((at) => Math.min(at, 1 - at) * length >= wide / 2)
      .map((at) => ({ at, off: [Math.sin(angle) * aside * side, -Math.cos(angle) * aside * side] as const })),
  )
}

const isFree = (dot: Taken, used: readonly Taken[]) =>
  used.every((other) => Math.hypot(dot.x - other.x, dot.y - other.y) >= dot.radius + other.radius)

/** The parts of a line between bends of more than 12°, each from its first to its last spot. */
function straightParts(line: readonly Spot[]): (readonly [Spot, Spot])[] {
  const parts: [Spot, Spot][] = []
  for (const [i, spot] of line.entries()) {
    const before = line[i - 1]
    if (!before) continue
    const last = parts.at(-1)
    if (last && turn(angleOf(last), angleOf([before, spot])) < 12 * (Math.PI / 180)) last[1] = spot
    else parts.push([before, spot])
  }
  return parts
}

const angleOf = ([from, to]: readonly [Spot, Spot]) => Math.atan2(to[1] - from[1], to[0] - from[0])
const distance = ([from, to]: readonly [Spot, Spot]) => Math.hypot(to[0] - from[0], to[1] - from[1])
const along = ([from, to]: readonly [Spot, Spot], at: number): Spot => [from[0] + (to[0] - from[0]) * at, from[1] + (to[1] - from[1]) * at]

function turn(one: number, other: number): number {
  const difference = Math.abs(one - other) % (2 * Math.PI)
  return Math.min(difference, 2 * Math.PI - difference)
}

/** Degrees, never upside down. */
function uprightAngle(part: readonly [Spot, Spot]): number {
  const degrees = (angleOf(part) * 180) / Math.PI
  return degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees
}

function dotsOf(part: readonly [Spot, Spot], at: number, off: Spot, wide: number, size: number): Taken[] {
  const radius = size * height
  const count = Math.max(1, Math.ceil(wide / (2 * radius)))
  const length = distance(part)
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = along(part, at + ((i + 0.5) / count - 0.5) * (wide / length))
    return { x: x + off[0], y: y + off[1], radius }
  })
}
