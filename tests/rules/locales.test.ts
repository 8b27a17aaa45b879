import { describe, expect, test } from 'vitest'
import { failures } from '#shared/failures.ts'
import { askedKeys, missingKeyBreaches, unusedKeyBreaches, visibleTextBreaches } from './screen-texts.ts'
import { codeFiles, projectFiles, readFiles } from './source.ts'
import { failureBreaches, flatten, gapBreaches, languageBreaches, type Texts } from './texts.ts'

function textsOf(language: string): Texts {
  const folder = `resources/locales/${language}/`
  const files = readFiles(projectFiles().filter((path) => path.startsWith(folder) && path.endsWith('.json')))
  return Object.fromEntries(files.map(({ path, text }) => [path.slice(folder.length, -'.json'.length), flatten(JSON.parse(text))]))
}

const languages = [...new Set(projectFiles().flatMap((path) => /^resources\/locales\/([^/]+)\//.exec(path)?.[1] ?? []))]
const english = textsOf('en')
const screenLanguages = readFiles(['src-renderer/i18n.ts']).flatMap(({ text }) => {
  const table = /export const languages = \{([^}]*)\}/.exec(text)?.[1] ?? ''
  return [...table.matchAll(/'?([\w-]+)'?:/g)].map(([, language = '']) => language)
})
const screens = codeFiles().filter(({ path }) => path.startsWith('src-renderer/'))
const desktop = codeFiles().filter(({ path }) => path.startsWith('src-main/desktop'))

test('there is English, and another language', () => {
  expect(Object.keys(english).toSorted()).toEqual(['alarm-library', 'desktop', 'export', 'failures', 'notices', 'points', 'ui', 'values'])
  expect(languages.length).toBeGreaterThan(1)
})

test.each(languages)('%s has no key, placeholder or plural that English has not', (language) => {
  expect(languageBreaches(language, textsOf(language), english)).toEqual([])
})

test('the languages of the screens have their texts', () => {
  expect(screenLanguages).toContain('en')
  expect(screenLanguages.length).toBeGreaterThan(1)
  expect(screenLanguages.filter((language) => !languages.includes(language))).toEqual([])
})

test.each(screenLanguages)('%s, a language of the screens, lacks nothing that English says', (language) => {
  expect(gapBreaches(language, textsOf(language), english)).toEqual([])
})

test('every failure has its text', () => {
  expect(failureBreaches(Object.keys(failures), english['failures'] ?? {})).toEqual([])
})

test('every text that a screen or the desktop asks for is there', () => {
  expect(missingKeyBreaches(askedKeys(screens, 't'), english['ui'] ?? {})).toEqual([])
  expect(missingKeyBreaches(askedKeys(desktop, 'text'), english['desktop'] ?? {})).toEqual([])
})

test('every text of the screens and of the desktop is asked for', () => {
  expect(unusedKeyBreaches(screens, english['ui'] ?? {})).toEqual([])
  expect(unusedKeyBreaches(desktop, english['desktop'] ?? {})).toEqual([])
})

test('no visible text stands in the code of a screen', () => {
  expect(visibleTextBreaches(screens)).toEqual([])
})

describe('a planted breach is found', () => {
  const source: Texts = { ui: { hello: 'Hello {{name}}', rows_one: '{{count}} row', rows_other: '{{count}} rows' } }

  test.each<[string, string, Record<string, string>]>([
    ['an extra key', 'de', { helo: 'Hallo' }],
    ['an empty text', 'de', { hello: ' ' }],
    ['a placeholder missing', 'de', { hello: 'Hallo' }],
    ['a placeholder that nobody fills', 'de', { hello: 'Hallo {{name}} {{place}}' }],
    ['a plural form missing', 'pl', { rows_one: '{{count}} wiersz', rows_few: '{{count}} wiersze', rows_other: '{{count}} wiersza' }],
  ])('%s', (_name, language, lines) => {
    expect(languageBreaches(language, { ui: lines }, source)).toHaveLength(1)
  })

  test('a text that is not translated, a plural without a form, and a whole file', () => {
    const lines = { ui: { rows_one: 'eine Zeile', rows_other: '{{count}} Zeilen' } }
    expect(gapBreaches('de', lines, source)).toEqual(['de/ui hello: not translated'])
    expect(gapBreaches('de', { ui: { hello: '{{name}}', rows_other: '{{count}}' } }, source)).toEqual(['de/ui rows_one: not translated'])
    expect(gapBreaches('de', {}, source)).toHaveLength(3)
    expect(gapBreaches('lt', { ui: { hello: '{{name}}', ...lines.ui } }, source)).toEqual([
      'lt/ui rows_few: not translated',
      'lt/ui rows_many: not translated',
    ])
  })

  test('a file that English has not, and a text that is none', () => {
    expect(languageBreaches('de', { menu: {} }, source)).toEqual(['de/menu: English has no such file'])
    expect(() => flatten({ a: { b: 3 } })).toThrow('a.b is not a text')
  })

  test('a plural with other forms, and a singular without its number, are right', () => {
    const lines = {
      hello: '{{name}}, labas',
      rows_one: 'viena eilutė',
      rows_few: '{{count}} eilutės',
      rows_many: '{{count}} eilutės',
      rows_other: '{{count}} eilučių',
    }
    expect(languageBreaches('lt', { ui: lines }, source)).toEqual([])
  })

  test('a failure without text and a text without failure', () => {
    const lines = { 'device.gone.title': 'Gone', 'busy.title': 'Busy', 'busy.hint': 'Wait' }
    expect(failureBreaches(['busy', 'device.offline'], lines)).toEqual([
      'the failure device.offline has no title',
      'device.gone.title belongs to no failure',
    ])
  })

  const path = 'src-renderer/devices/X.tsx'
  const text = "const a = t('hello', { name }); const b = t(`contact.${state}`); const c = i18n.t(old ? 'gone' : 'rows', { count })"

  test('a key without text', () => {
    const lines = { hello: '', rows_one: '', rows_other: '' }
    expect(missingKeyBreaches(askedKeys([{ path, text }], 't'), lines)).toEqual([
      `${path}:1 asks for contact.…, which has no text`,
      `${path}:1 asks for gone, which has no text`,
    ])
  })

  test('a text nobody asks for', () => {
    const lines = { hello: '', rows_one: '', rows_other: '', 'contact.online': '', contact: '', 'help.title': '' }
    expect(unusedKeyBreaches([{ path, text }], lines)).toEqual(['nothing asks for contact', 'nothing asks for help.title'])
  })

  test.each([
    '<p>Hello</p>',
    '<>{offline ? "Not there" : null}</>',
    '<input placeholder="Search" />',
    '<a aria-label={`Open ${name}`} />',
    '<p>{name ?? "nobody"}</p>',
  ])('visible text in %s', (drawn) => {
    expect(visibleTextBreaches([{ path, text: `export const X = () => ${drawn}` }])).toHaveLength(1)
  })

  test.each([
    '<p>Hearthgrid</p>',
    '<p className="wide">{t("hello")}</p>',
    '<p>{on ? "–" : "°"}</p>',
    '<B kind={a ? "big" : "small"} onClick={() => go("home")} />',
  ])('no visible text in %s', (drawn) => {
    expect(visibleTextBreaches([{ path, text: `export const X = () => ${drawn}` }])).toEqual([])
  })
})
