import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isNoticePage, noticePage } from './notice.ts'
import { openText } from './text.ts'

const locales = fileURLToPath(new URL('../../resources/locales', import.meta.url))
const keysOf = (language: string) => {
  const groups = JSON.parse(readFileSync(`${locales}/${language}/desktop.json`, 'utf8')) as Record<string, Record<string, string>>
  return Object.entries(groups).flatMap(([group, lines]) =>
    Object.entries(lines).map(([key, line]) => `${group}.${key} ${[...line.matchAll(/\{\{\w+\}\}/g)].map(String).toSorted().join()}`),
  )
}

describe('the words of the shell', () => {
  test.each(readdirSync(locales).filter((language) => existsSync(`${locales}/${language}/desktop.json`)))(
    'are complete in %s, with the same places for values',
    (language) => {
      expect(keysOf(language).toSorted()).toEqual(keysOf('en').toSorted())
    },
  )

  test('come in the first wished language there is, else in English', () => {
    expect(openText(locales, ['xx-YY', 'de-AT', 'en-GB']).text('tray.quit')).toBe('Beenden')
    expect(openText(locales, ['xx']).text('tray.quit')).toBe('Quit')
    expect(openText(locales, [])).toMatchObject({ language: 'en' })
  })

  test('are English in a language that has none of them yet', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-locales-'))
    cpSync(join(locales, 'en'), join(folder, 'en'), { recursive: true })
    mkdirSync(join(folder, 'fr'))
    expect(openText(folder, ['fr']).text('tray.quit')).toBe('Quit')
    rmSync(folder, { recursive: true })
  })

  test('take their values as they are', () => {
    const { text } = openText(locales, ['en'])
    expect(text('badge.open', { count: 5 })).toBe('Waiting for you: 5')
    expect(text('fatal.detail', { folder: 'C:\\$& $1' })).toContain('C:\\$& $1')
  })
})

describe('a notice', () => {
  const { text } = openText(locales, ['en'])
  const html = (...[notice, detail]: [Parameters<typeof noticePage>[0], Partial<Parameters<typeof noticePage>[2]>]) => {
    const page = noticePage(notice, text, { language: 'en', folder: '/data/log', ...detail })
    expect(isNoticePage(page)).toBe(true)
    return Buffer.from(page.split('base64,')[1] ?? '', 'base64').toString()
  }

  test('runs no script and loads nothing', () => {
    const page = html('failed', { detail: 'why' })
    expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`)
    expect(page).not.toMatch(/<script|src=|@import|url\(/)
  })

  test('shows what it is told as text', () => {
    const page = html('failed', { detail: `</pre><img src=x onerror="a('b')">&`, folder: '<b>' })
    expect(page).not.toMatch(/<img|<b>/)
    expect(page).toContain('&#60;/pre&#62;&#60;img src=x onerror=&#34;a(&#39;b&#39;)&#34;&#62;&#38;')
  })

  test('offers a way back only where a person can do something', () => {
    const link = 'http://127.0.0.1:4711/'
    for (const notice of ['crashed', 'unreachable'] as const) expect(html(notice, { link })).toContain(`<a href="${link}">Open again</a>`)
    for (const notice of ['starting', 'stopping', 'failed'] as const) expect(html(notice, { link })).not.toContain('<a ')
    expect(html('crashed', {})).not.toContain('<a ')
  })
})
