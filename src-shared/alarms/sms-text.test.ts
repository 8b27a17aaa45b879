import { expect, test } from 'vitest'
import { fitSms, plainSms } from './sms-text.ts'

test('what SMS does not have is written so that it can be read', () => {
  expect(plainSms('95,2 °C · 3,4 m³/h – Łódź, Größe')).toBe('95,2 C · 3,4 m3/h - Lodz, Größe')
})

test('parts that fit are added in their order, what does not fit is left out, and the link comes whole or not', () => {
  expect(fitSms('Hoch: Haus: Vorlauf', ['95,2 C', '', 'Zittau'], 'https://a.example/1')).toBe(
    'Hoch: Haus: Vorlauf, 95,2 C, Zittau, https://a.example/1',
  )
  const long = 'x'.repeat(150)
  expect(fitSms('Hoch: Haus', [long, 'Zittau'], '')).toBe('Hoch: Haus, Zittau')
})

test('a beginning that is too long is cut at 160 places, of which some signs take two', () => {
  expect(fitSms('x'.repeat(200), [], '')).toHaveLength(160)
  expect(fitSms('[x]'.repeat(100), [], '')).toBe('[x]'.repeat(32))
  expect(fitSms('ж'.repeat(200), [], '')).toHaveLength(134)
})
