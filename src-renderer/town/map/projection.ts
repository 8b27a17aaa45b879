/** Latitude and longitude, WGS 84. */
export type Place = readonly [number, number]
/** Metres east and south of the middle of the town; after `toScreen`, px. */
export type Spot = readonly [number, number]

export type Box = { left: number; top: number; right: number; bottom: number }

const metresPerDegree = 111_320

/** Equirectangular about the middle of the places: right enough within a town. Answers metres east and south of that middle. */
export function projectionOf(places: readonly Place[]): (place: Place) => Spot {
  const latitudes = places.map(([latitude]) => latitude)
  const longitudes = places.map(([, longitude]) => longitude)
  const middle = [mean(latitudes), mean(longitudes)] as const
  const shrink = Math.cos((middle[0] * Math.PI) / 180)
  return ([latitude, longitude]) => [(longitude - middle[1]) * metresPerDegree * shrink, (middle[0] - latitude) * metresPerDegree]
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2
}

/** What holds all spots; a metre around the origin when there are none. */
export function boxOf(spots: readonly Spot[]): Box {
  if (spots.length === 0) return { left: -1, top: -1, right: 1, bottom: 1 }
  const xs = spots.map(([x]) => x)
  const ys = spots.map(([, y]) => y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

export function lengthOf(line: readonly Spot[]): number {
  return line.slice(1).reduce((sum, [x, y], i) => {
    const [fromX, fromY] = line[i] ?? [x, y]
    return sum + Math.hypot(x - fromX, y - fromY)
  }, 0)
}
