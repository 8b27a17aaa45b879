import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NoticeWords } from '#shared/alarms/notify-text.ts'
import { pointTextKey } from '#shared/devices/point-text.ts'
import type { Host as FullHost } from '../../capability.ts'
import { readJson } from '../../resources.ts'

const file = 'notices.json'

type Host = Pick<FullHost, 'layout' | 'plant'>

/** Languages that messages can be written in. */
export function languagesIn(host: Host): string[] {
  const folder = join(host.layout.resources, 'locales')
  return readdirSync(folder).filter((language) => existsSync(join(folder, language, file)))
}

/** The words of a language, read once; English for a language that is not there. */
export function createWords(host: Host): (language: string) => NoticeWords {
  const known = new Map<string, NoticeWords>()
  return (wished) => {
    const before = known.get(wished)
    if (before) return before
    const language = languagesIn(host).includes(wished) ? wished : 'en'
    const words = wordsOf(host, language)
    known.set(wished, words)
    return words
  }
}

function wordsOf(host: Host, language: string): NoticeWords {
  const read = (name: string): unknown => {
    const path = (tongue: string) => join(host.layout.resources, 'locales', tongue, name)
    return readJson(existsSync(path(language)) ? path(language) : path('en'))
  }
  const notices = read(file)
  const screens = read('ui.json')
  const alarms = at(screens, 'alarms.words')
  const findings = at(screens, 'energy.rule')
  const points = read('points.json') as Record<string, string>
  const plurals = new Intl.PluralRules(language)
  return {
    language,
    text(key, params = {}) {
      const { count } = params
      const plural = typeof count === 'number' ? textAt(notices, `${key}_${plurals.select(count)}`) : ''
      return fill(plural === '' ? textAt(notices, key) : plural, params)
    },
    priority: (priority) => textAt(alarms, `priority.${priority}`) || priority,
    part(part) {
      const [head = ''] = part.split(':', 1)
      return textAt(alarms, `part.${head}`) || textAt(findings, `${head}.title`)
    },
    point(device, point) {
      if (device === null || point === null) return ''
      const { key, number, group } = pointTextKey(point)
      const numbered = (text: string) => text.replaceAll('{{number}}', String(number ?? ''))
      const name = numbered(points[key] ?? '')
      if (name === '') return host.plant.get(device)?.profile.points.find(({ id }) => id === point)?.title ?? point
      const before = group === null ? '' : numbered(points[group] ?? '')
      return before === '' ? name : `${before}, ${name}`
    },
  }
}

const fill = (text: string, params: Record<string, string | number>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole))

function textAt(texts: unknown, key: string): string {
  const found = at(texts, key)
  return typeof found === 'string' ? found : ''
}

function at(texts: unknown, key: string): unknown {
  return key === '' ? texts : key.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], texts)
}
