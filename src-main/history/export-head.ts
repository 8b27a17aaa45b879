import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pointTextKey } from '#shared/devices/point-text.ts'
import type { Figure } from '#shared/history/step.ts'
import type { CellState } from '#shared/history/table.ts'
import { units } from '#shared/units.ts'
import type source from '../../resources/locales/en/export.json'
import type { Host } from '../capability.ts'
import { readJson } from '../resources.ts'

/** What stands above and in a file besides numbers. */
export type Heads = {
  time: (zone: string) => string
  offset: string
  /** Device, point, unit and figure of a column. */
  column: (series: number, figure: Figure | null) => string
  quality: string
  state: (state: CellState) => string
  sheet: string
}

/** Column heads in a language of the program. */
export function headsIn(host: Host, language: string): Heads {
  const read = (name: string): unknown => {
    const path = (tongue: string) => join(host.layout.resources, 'locales', tongue, name)
    return readJson(existsSync(path(language)) ? path(language) : path('en'))
  }
  const words = read('export.json') as typeof source
  const points = read('points.json') as Record<string, string>
  return {
    time: (zone) => `${words.time} (${zone})`,
    offset: words.offset,
    column: (series, figure) => `${nameOf(host, points, series)}${figure === null ? '' : ` ${words.figure[figure]}`}`,
    quality: words.quality,
    state: (state) => words.state[state],
    sheet: words.sheet,
  }
}

function nameOf(host: Host, points: Record<string, string>, series: number): string {
  const found = host.plant.ownerOf(series)
  if (!found) return `#${series}`
  const { device, point } = found
  const { key, number, group } = pointTextKey(point.id)
  const text = (name: string) => points[name]?.replaceAll('{{number}}', String(number ?? ''))
  const own = text(key) ?? point.title ?? point.id
  const owner = group === null ? '' : (text(group) ?? '')
  const name = owner === '' ? own : `${owner}: ${own}`
  const unit = units[point.is]
  return `${device.name}, ${name}${unit === '' ? '' : ` [${unit}]`}`
}
