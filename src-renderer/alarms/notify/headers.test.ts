import { expect, test } from 'vitest'
import { smsSchema } from '#shared/alarms/notify.ts'
import { headersOf, headerText } from './headers.ts'

test('headers are typed a line each; a value may hold colons and places to fill in', () => {
  const text = 'Authorization: Bearer {{secret}}\n\nX-Time : 12:30 '
  const headers = headersOf(text)
  expect(headers).toEqual([
    { name: 'Authorization', value: 'Bearer {{secret}}' },
    { name: 'X-Time', value: '12:30' },
  ])
  expect(headersOf(headerText(headers))).toEqual(headers)
})

test('a line that is no header is refused, not dropped', () => {
  expect(smsSchema.shape.headers.safeParse(headersOf('Authorization')).success).toBe(false)
})
