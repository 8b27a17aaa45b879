import { expect, test } from 'vitest'
import { seriesOf, wordsOf } from './selected.ts'
import { addressOf, contentOf } from './preset-address.ts'

test('the series of an address come once each, in order, without what is no number', () => {
  expect(seriesOf('12,15,12,x,-3,1.5,,99')).toEqual([12, 15, 99])
  expect(seriesOf(undefined)).toEqual([])
  expect(seriesOf('-')).toEqual([])
})

test('a choice goes into the address and back', () => {
  expect(seriesOf(wordsOf([7, 3, 5]))).toEqual([7, 3, 5])
  expect(wordsOf([])).toBeUndefined()
})

test('a relative period is kept without its date, so that it is of the day on which it is opened', () => {
  const content = contentOf({ series: '3,1', period: 'month', date: '2026-01-31', zoom: '1~2', step: 'hour', axis: 'one', q: 'x' }, [
    'axis',
  ])
  expect(content).toEqual({ series: [3, 1], period: { kind: 'month' }, step: 'hour', options: { axis: 'one' } })
  expect(addressOf(content, ['axis', 'year'])).toStrictEqual({
    series: '3,1',
    period: 'month',
    from: undefined,
    to: undefined,
    date: undefined,
    zoom: undefined,
    step: 'hour',
    axis: 'one',
    year: undefined,
  })
})

test('an own period keeps its two ends, and half of one becomes a day', () => {
  const own = { period: 'own', from: '2026-01-01T00:00', to: '2026-02-01T00:00' }
  const content = contentOf(own, [])
  expect(content.period).toEqual({ kind: 'own', from: own.from, to: own.to })
  expect(addressOf(content, [])).toMatchObject(own)
  expect(contentOf({ period: 'own', from: own.from }, []).period).toEqual({ kind: 'day' })
})
