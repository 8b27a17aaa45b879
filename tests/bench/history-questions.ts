import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seriesOf, yearFrom, yearTo } from './load-year.ts'
import { energyPoint, pointsEach } from './plant-year.ts'

const hourMs = 3_600_000

/** How many devices the measured year has, and where it is kept for the next time. */
export const devices = Number(process.env['HISTORY_DEVICES'] ?? 4)
export const folder = process.env['HISTORY_FOLDER'] ?? join(tmpdir(), `hearthgrid-year-${devices}`)

/** What the measurements of the history ask for; all engines the same. June and the year of the days are those of Berlin. */
export const asked = {
  one: seriesOf(Math.floor(devices / 2), 7),
  ten: Array.from({ length: 10 }, (_, i) => seriesOf(Math.floor((i * devices) / 10), 3 + i)),
  meters: Array.from({ length: devices }, (_, d) => seriesOf(d, energyPoint)),
  everything: Array.from({ length: devices * pointsEach }, (_, i) => i + 1),
  year: { from: yearFrom, to: yearTo },
  days: { from: yearFrom - hourMs, to: yearTo - hourMs },
  june: { from: Date.UTC(2024, 5, 1) - 2 * hourMs, to: Date.UTC(2024, 6, 1) - 2 * hourMs },
  width: 2000,
}
