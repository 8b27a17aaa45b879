import { expect, test } from 'vitest'
import { rawOf, rawText } from './raw.ts'

const reading = (value: number | null, quality: 'good' | 'fault' | 'offline' = 'good') => ({ value, quality, at: 1 })

test('the raw number is found again behind the value, whatever its scale', () => {
  expect(rawOf({ scale: 0.01, offset: 0 }, reading(21.48))).toBe(2148)
  expect(rawOf({ scale: 0.02, offset: -4 }, reading(8))).toBe(600)
  expect(rawOf({ scale: 0.01, offset: 0 }, undefined)).toBeNull()
})

test('an open input is not mistaken for one that has not been read', () => {
  const input = { scale: 0.01, offset: 0 }
  expect(rawText(input, reading(1))).toBe('100')
  expect(rawText(input, reading(null, 'fault'))).toBeNull()
  expect(rawText(input, reading(null, 'offline'))).toBe('–')
  expect(rawText(input, undefined)).toBe('–')
})
