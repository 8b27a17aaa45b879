import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type source from '../../resources/locales/en/desktop.json'
import { readJson } from '../resources.ts'

type Texts = typeof source
export type TextKey = { [G in keyof Texts]: `${G}.${keyof Texts[G] & string}` }[keyof Texts]
/** The words of one key in the language of the desktop; `{{name}}` is filled from `params`. */
export type Text = (key: TextKey, params?: Record<string, string | number>) => string

/** Opens the shell's own words in the first of the wished languages that `locales` has; what is missing there is English. */
export function openText(locales: string, wishes: readonly string[]): { text: Text; language: string } {
  const there = readdirSync(locales).filter((language) => existsSync(join(locales, language, 'desktop.json')))
  const language = wishes.map((tag) => tag.slice(0, 2).toLowerCase()).find((tongue) => there.includes(tongue)) ?? 'en'
  const words = { ...read(locales, 'en'), ...(language === 'en' ? {} : read(locales, language)) }
  const text: Text = (key, params = {}) =>
    Object.entries(params).reduce((line, [name, value]) => line.replaceAll(`{{${name}}}`, () => String(value)), words[key] ?? key)
  return { text, language }
}

function read(locales: string, language: string): Record<string, string> {
  const groups = readJson(join(locales, language, 'desktop.json')) as Record<string, Record<string, string>>
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, lines]) => Object.entries(lines).map(([key, line]) => [`${group}.${key}`, line])),
  )
}
