import type { Point } from '#shared/devices/profile.ts'
import { emptyBatch, type ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'

/** Quarter hours of all stations that are asked for together: two and a half days of forty stations are some 200,000 samples. */
const slotsAtOnce = 240
const inFlight = 2

/** Of a device: its points in profile order, and the series of each. */
export type Recorded = { series: readonly number[]; profile: { points: readonly Pick<Point, 'role'>[] } }

export type PastPlan = {
  source: Pick<Remote<SimulatorPort>, 'past'>
  /** In the order of the scenario; null: not one of the devices. */
  devices: readonly (Recorded | null)[]
  /** Slot number of the record to begin with. */
  from: number
  /** Resolves when the samples are on disk. */
  append(batch: ReadingBatch): Promise<unknown>
  /** All slots before `next` are on disk, those of all stations; null: that was all. */
  reached(next: number | null): Promise<void>
  stopped(): boolean
}

/**
 * Brings the recorded past of all stations into history, the oldest first: what comes in the order of time needs no look for samples that
 * are there already. While one part is stored, the next is fetched.
 */
export async function storePast({ source, devices, from, append, reached, stopped }: PastPlan): Promise<void> {
  const waiting: Promise<number | null>[] = []
  const settle = async () => {
    const next = await waiting.shift()
    if (next !== undefined) await reached(next)
  }
  try {
    for (let slot: number | null = from; slot !== null && !stopped();) {
      const part: { batch: ReadingBatch; next: number | null } = await fetchPart(source, devices, slot)
      slot = part.next
      waiting.push(append(part.batch).then(() => part.next))
      if (waiting.length >= inFlight) await settle()
    }
    while (waiting.length > 0) await settle()
  } finally {
    await Promise.allSettled(waiting)
  }
}

async function fetchPart(source: PastPlan['source'], devices: PastPlan['devices'], from: number) {
  const parts = await Promise.all(
    devices.flatMap((device, station) =>
      device ? [source.past({ station, series: recordedSeries(device), from, slots: slotsAtOnce })] : [],
    ),
  )
  const nexts = parts.flatMap(({ next }) => (next === null ? [] : [next]))
  return { batch: joined(parts.map(({ batch }) => batch)), next: nexts.length === 0 ? null : Math.min(...nexts) }
}

/** Series of the points that a simulated controller keeps a past of, in profile order. */
export function recordedSeries({ profile, series }: Recorded): number[] {
  return profile.points.flatMap(({ role }, i) => (role === 'measure' || role === 'state' ? [series[i] ?? 0] : []))
}

function joined(batches: readonly ReadingBatch[]): ReadingBatch {
  const all = emptyBatch(batches.reduce((rows, { series }) => rows + series.length, 0))
  let row = 0
  for (const { series, at, value, quality } of batches) {
    all.series.set(series, row)
    all.at.set(at, row)
    all.value.set(value, row)
    all.quality.set(quality, row)
    row += series.length
  }
  return all
}
