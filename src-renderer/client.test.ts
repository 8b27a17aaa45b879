import { expect, test } from 'vitest'
import { request } from './client.ts'

test('what a path names is taken out of the input, the rest of a question is query', () => {
  expect(request('devices.get', { id: 'a/b' }).url).toBe('/api/v1/devices/a%2Fb')
  expect(request('history.chart', { series: [1, 2], from: 0, to: 9 })).toEqual({
    url: '/api/v1/history/chart?series=1&series=2&from=0&to=9',
    init: { method: 'GET' },
  })
})

test('a change has its rest as body, and what is undefined is not said', () => {
  const { url, init } = request('devices.change', { id: 'x', name: 'North', place: undefined })
  expect(url).toBe('/api/v1/devices/x')
  expect(init).toMatchObject({ method: 'PATCH', body: '{"name":"North"}' })
})
