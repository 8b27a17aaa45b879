import { expect, test } from 'vitest'
import { base64Url, browserLabel } from './push.ts'

test('keys are written as base64url without padding', () => {
  expect(base64Url(new Uint8Array([251, 239, 255, 1]).buffer)).toBe('--__AQ')
  expect(base64Url(null)).toBe('')
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge, Windows'],
  ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15', 'Safari, Mac'],
  ['something else', 'Browser'],
])('%s is called %s', (agent, label) => {
  expect(browserLabel(agent)).toBe(label)
})
