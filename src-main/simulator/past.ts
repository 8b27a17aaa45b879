import type { ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import type { Host } from '../capability.ts'
import { writeDemo, type DemoRecord } from './record.ts'

const quarterHourMs = 15 * 60_000
/** The demo town comes with a week of history, made by the same model that drives its registers. */
const pastMs = 7 * 24 * 60 * 60_000

/** The quarter hours before now that a town opened now should have: [from, to). */
export function pastRange(now: number): { from: number; to: number } {
  const to = Math.floor(now / quarterHourMs) * quarterHourMs + 1
  return { from: to - 1 - pastMs, to }
}

/**
 * Lays down the past of the stations that do not have it yet, one after another, and notes each, so that a stop in between
 * goes on at the next start. `store` puts samples into history without showing them as live.
 */
export async function layDownPast(
  host: Host,
  simulator: Remote<SimulatorPort>,
  record: DemoRecord,
  store: (batch: ReadingBatch) => void,
  stopped: () => boolean,
): Promise<void> {
  const total = record.stations.length
  const tell = (state: 'running' | 'done') => host.events.announce({ event: 'jobs', job: 'demo.past', done: record.pastDone, total, state })
  if (record.pastDone >= total) return
  while (record.pastDone < total && !stopped()) {
    tell('running')
    const device = host.plant.get(record.stations[record.pastDone]?.device ?? '')
    if (device) {
      const series = device.profile.points.flatMap(({ role, formula }, i) =>
        (role === 'measure' || role === 'state') && !formula ? [device.series[i] as number] : [],
      )
      store(await simulator.past({ station: record.pastDone, series, from: record.pastFrom, to: record.pastTo }))
    }
    if (stopped()) return
    record.pastDone++
    await writeDemo(host.database, record)
  }
  tell('done')
}
