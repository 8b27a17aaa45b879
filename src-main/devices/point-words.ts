import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Point } from '#shared/devices/profile.ts'
import { pointTextKey } from '#shared/devices/point-text.ts'
import { readJson } from '../resources.ts'

export type PointWords = (point: Point) => string

/** What a point can be found by: its name in every language of the program, its title, id and number, in small letters. */
export function createPointWords(locales: string): PointWords {
  let texts: Record<string, string>[] | undefined
  const known = new WeakMap<Point, string>()
  const read = () =>
    readdirSync(locales)
      .map((language) => join(locales, language, 'points.json'))
      .filter((path) => existsSync(path))
      .map((path) => readJson(path) as Record<string, string>)
  return (point) => {
    const before = known.get(point)
    if (before !== undefined) return before
    texts ??= read()
    const { key, number, group } = pointTextKey(point.id)
    const numbered = (text: string | undefined) => text?.replaceAll('{{number}}', String(number ?? '')) ?? ''
    const names = texts.map((words) => `${group === null ? '' : numbered(words[group]) || group} ${numbered(words[key])}`)
    const said = [...new Set(names), point.title ?? '', point.id, point.number].join(' ').toLowerCase()
    known.set(point, said)
    return said
  }
}
