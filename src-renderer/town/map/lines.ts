import type { Spot } from './projection.ts'

/** The `d` of a path through the spots, to a tenth of a px. */
export function pathOf(line: readonly Spot[]): string {
  return line.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}

/** The line beside a line, so far to its right (negative: left), with mitred corners that never stick out far. */
export function besideOf(line: readonly Spot[], by: number): Spot[] {
  const clean = line.filter(([x, y], i) => {
    const before = line[i - 1]
    return !before || Math.hypot(x - before[0], y - before[1]) > 1e-6
  })
  if (clean.length < 2) return [...clean]
  const normals = clean.slice(1).map(([x, y], i): Spot => {
    const [fromX, fromY] = clean[i] ?? [x, y]
    const length = Math.hypot(x - fromX, y - fromY)
    return [-(y - fromY) / length, (x - fromX) / length]
  })
  return clean.map(([x, y], i): Spot => {
    const before = normals[i - 1] ?? normals[i] ?? [0, 0]
    const after = normals[i] ?? before
    const [sumX, sumY] = [before[0] + after[0], before[1] + after[1]]
    const length = Math.hypot(sumX, sumY)
    if (length < 0.5) return [x + after[0] * by, y + after[1] * by]
    const reach = (2 / length) * by
    return [x + (sumX / length) * reach, y + (sumY / length) * reach]
  })
}
