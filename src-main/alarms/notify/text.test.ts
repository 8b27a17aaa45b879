import { describe, expect, test } from 'vitest'
import type { Facts } from '#shared/alarms/notify-facts.ts'
import { noticeText } from '#shared/alarms/notify-text.ts'
import { findLayout } from '../../layout.ts'
import { Plant } from '../../plant.ts'
import { createWords, languagesIn } from './words.ts'

const layout = findLayout(new URL('../../serve.ts', import.meta.url).href)
const host = { layout, plant: new Plant() }
const words = createWords(host)
const at = Date.parse('2026-11-20T13:32:00Z')

const facts = (extra: Partial<Facts> = {}): Facts => ({
  what: 'raised',
  alarm: 'r|d|circuit1.flow|highHigh',
  occurrence: 'o',
  step: 0,
  ruleName: 'Vorlauf',
  kind: 'limit',
  action: 'Ventil schließen\n\n Werk anrufen',
  respondMinutes: 30,
  link: '',
  priority: 'critical',
  device: 'd',
  deviceName: 'Tulpenweg 3',
  place: 'Zittau',
  line: '10.0.0.7:502',
  point: 'circuit1.flow',
  part: 'highHigh',
  is: 'temperature',
  decimals: 1,
  limit: 90,
  raisedAt: at,
  clearedAt: null,
  raisedValue: 1095.25,
  ...extra,
})
const setting = (language: string, address = 'https://plant.example/') => ({
  words: words(language),
  timeZone: 'Europe/Berlin',
  address,
  list: 'Bereitschaft',
})

describe('a notice', () => {
  test('in German tells what, where, how much, since when by the clock on the wall, and what to do', () => {
    const { subject, body, sms } = noticeText([facts()], setting('de'))
    expect(subject).toBe('[Kritisch] Vorlauf (sehr hoch): Tulpenweg 3')
    expect(body.split('\n')).toEqual([
      'Alarm: Vorlauf (sehr hoch)',
      'Gerät: Tulpenweg 3',
      'Ort: Zittau',
      'Erreicht über: 10.0.0.7:502',
      'Messpunkt: Kreis 1, Vorlauftemperatur',
      'Wert: 1.095,3 °C, Grenzwert 90,0 °C',
      'Seit: 20.11.2026, 14:32 MEZ',
      'Priorität: Kritisch',
      'Reaktionszeit: 30 min',
      '',
      'Was zu tun ist:',
      '1. Ventil schließen',
      '2. Werk anrufen',
      '',
      'Öffnen: https://plant.example/alarms?alarm=r%7Cd%7Ccircuit1.flow%7ChighHigh',
      '',
      'Sie werden benachrichtigt, weil Sie auf der Liste Bereitschaft stehen.',
    ])
    expect(sms.length).toBeLessThanOrEqual(160)
    expect(sms).toContain('Kritisch: Tulpenweg 3: Vorlauf (sehr hoch), 1.095,3 C, Grenzwert 90,0 C, seit 20.11., 14:32, Zittau')
  })

  test('of an escalation says that nobody has acknowledged, one of the end says until when', () => {
    const again = noticeText([facts({ step: 1 })], setting('en', ''))
    expect(again.subject).toBe('[Critical] Still unacknowledged: Vorlauf (very high): Tulpenweg 3')
    expect(again.body).toContain('Nobody has acknowledged it since 20/11/2026, 14:32 CET.')
    expect(again.body).not.toContain('Open:')
    const gone = noticeText([facts({ what: 'resolved', clearedAt: at + 60_000 })], setting('en'))
    expect(gone.subject).toBe('Gone: Vorlauf (very high): Tulpenweg 3')
    expect(gone.body).toContain('Until: 20/11/2026, 14:33 CET')
    expect(gone.body).not.toContain('What to do')
  })

  test('without value, place or point leaves these lines out', () => {
    const bare = facts({
      raisedValue: null,
      is: null,
      limit: null,
      place: '',
      line: '',
      point: null,
      part: '',
      action: '',
      respondMinutes: null,
    })
    const { body } = noticeText([bare], setting('en', ''))
    expect(body.split('\n').map((line) => line.split(':')[0])).toEqual(['Alarm', 'Device', 'Since', 'Priority', '', expect.any(String)])
  })

  test('in a language that is not there is in English', () => {
    expect(noticeText([facts()], setting('xx')).subject).toMatch(/^\[Critical]/)
    expect(languagesIn(host)).toEqual(expect.arrayContaining(['de', 'en']))
  })
})

test('gathered notices are a list that begins with the first, and count what does not fit', () => {
  const all = Array.from({ length: 137 }, (_, i) => facts({ deviceName: `Haus ${i + 1}`, ...(i === 1 ? { what: 'resolved' } : {}) }))
  const { subject, body, sms } = noticeText(all, setting('de'))
  const lines = body.split('\n')
  expect(subject).toBe('137 Alarme, zuerst: Vorlauf (sehr hoch): Haus 1')
  expect(lines[0]).toBe('20.11., 14:32 [Kritisch] Haus 1, Zittau: Vorlauf (sehr hoch) (1.095,3 °C, Grenzwert 90,0 °C)')
  expect(lines[1]).toMatch(/ - gegangen$/)
  expect(lines[100]).toBe('und 37 weitere')
  expect(sms).toBe('Kritisch: Haus 1: Vorlauf (sehr hoch), und 136 weitere, https://plant.example/alarms')
})
