import { expect, test } from 'vitest'
import { tokenIn } from './launch.ts'

const token = 'IuVVzDjcYHeWWwhfXk4dPQbaVK1WPKcHfTySBNS7m-s'

test.each([
  [`http://127.0.0.1:8470/?launch=${token}`, token],
  [` Sign-in link: http://127.0.0.1:8470/devices?x=1&launch=${token}#a `, token],
  [token, token],
  ['hello', null],
  ['http://127.0.0.1:8470/', null],
  ['two words that are long enough', null],
])('in "%s" is the token %s', (text, expected) => {
  expect(tokenIn(text)).toBe(expected)
})
