import type { Device } from '#shared/devices/contract.ts'
import type { CellShape, PointsAcross } from '#shared/devices/points-contract.ts'
import { qualities, type Quality } from '#shared/reading.ts'

export const now = 1_800_000_000_000

export const temperature: CellShape = {
  id: 'flow',
  title: null,
  is: 'temperature',
  unit: '°C',
  decimals: 1,
  role: 'measure',
  values: null,
  off: null,
  text: null,
}

type Said = number | null | { value: number | null; quality?: Quality; agoMs?: number; shape?: number } | undefined

/** Devices of which each says something at each of the points; undefined: it does not have the point. */
export function town(
  points: string[],
  said: Record<string, Said[]>,
  shapes: CellShape[] = [temperature],
): { devices: Device[]; across: PointsAcross } {
  const devices = Object.keys(said).map(
    (name) =>
      ({
        id: name.toLowerCase(),
        name,
        place: `${name} Lane`,
        tags: [name.length > 4 ? 'long' : 'short'],
        profile: 'maker/one',
        identity: { application: 'A1', model: 'M', serial: null },
        address: { host: '127.0.0.1' },
        contact: { state: 'online' },
      }) as unknown as Device,
  )
  const rows = Object.entries(said).map(([name, cells], i) => {
    const full = cells.map((cell, k) =>
      cell === undefined
        ? { series: null, shape: -1, value: null, quality: -1, at: 0 }
        : typeof cell === 'object' && cell !== null
          ? {
              series: i * 10 + k + 1,
              shape: cell.shape ?? 0,
              value: cell.value,
              quality: qualities.indexOf(cell.quality ?? 'good'),
              at: now - (cell.agoMs ?? 0),
            }
          : { series: i * 10 + k + 1, shape: 0, value: cell, quality: cell === null ? 1 : 0, at: now },
    )
    return {
      device: name.toLowerCase(),
      series: full.map(({ series }) => series),
      shape: full.map(({ shape }) => shape),
      value: full.map(({ value }) => value),
      quality: full.map(({ quality }) => quality),
      at: full.map(({ at }) => at),
    }
  })
  return { devices, across: { points, shapes, rows } }
}
