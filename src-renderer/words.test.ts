import { readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { tellCode, type Lookup } from './words.ts'

const place = new URL('../resources/locales/', import.meta.url)
const textsOf = (language: string, file: string) =>
  JSON.parse(readFileSync(new URL(`${language}/${file}.json`, place), 'utf8')) as Record<string, unknown>

test.each([
  ['en', 'full', 'It needs the role Full. Ask an administrator.'],
  ['de', 'basic', 'Nötig ist die Rolle Basis. Fragen Sie einen Administrator.'],
])('in %s, a right that is missing names the role in the words of the screen', async (language, needed, hint) => {
  const texts = createInstance()
  const resources = { [language]: { ui: { ...textsOf(language, 'ui') }, failures: { ...textsOf(language, 'failures') } } }
  await texts.init({ lng: language, defaultNS: 'ui', resources, interpolation: { escapeValue: false } })
  const fixed = texts.getFixedT(language, 'failures') as unknown as (key: string, params: object) => string
  const lookup: Lookup = (key, params) => fixed(key, { defaultValue: '', keySeparator: false, ...params })
  expect(tellCode('access.denied', { operation: 'devices.write', needed }, lookup, texts.t)).toMatchObject({ hint })
})
