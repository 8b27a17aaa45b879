import { expect, test } from 'vitest'
import { buildFrame, wholeFrame } from '../mbus/frame.ts'
import { frameBytes } from '../mbus/testing/corpus.ts'
import { viewOf } from './telegram-view.ts'

const read = { at: 5, complete: true }
const viewed = (name: string) => viewOf([frameBytes('valid', name)], read)

/** The answer of a Multical 601 with another status byte. */
function withStatus(byte: number) {
  const frame = wholeFrame(frameBytes('valid', 'kamstrup_multical_601'))
  if (frame.kind !== 'long') throw new Error('no long frame')
  const data = frame.data.slice()
  data[9] = byte
  return viewOf([buildFrame({ ...frame, data })], read)
}

test('an answer is shown with who gave it, its clock and every record', () => {
  const view = viewed('kamstrup_multical_601')
  expect(view).toMatchObject({ at: 5, complete: true, status: [], clock: '2011-01-05T15:26', address: 17 })
  expect(view.identity).toEqual({ serial: '06855817', maker: 'KAM', medium: 'heatOutlet', version: 8 })
  expect(view.records).toHaveLength(27)
  expect(view.records[26]).toMatchObject({ place: 27, quantity: 'date', value: '2010-12-31', storage: 1 })
})

test.each([
  [0x01, ['busy']],
  [0x02, ['applicationError']],
  [0x04, ['powerLow']],
  [0x1c, ['powerLow', 'permanentError', 'temporaryError']],
  [0x40, ['maker']],
])('status %i in words', (byte, words) => expect(withStatus(byte)).toMatchObject({ status: words, statusByte: byte }))

test('a value that is none says why, and is never 0', () => {
  const power = viewed('ELS_Elster-F96-Plus').records.find(({ quantity }) => quantity === 'power')
  expect(power).toMatchObject({ value: null, absent: 'digits', function: 'error' })
})

test('a meter that does not tell who it is has no identity', () => {
  expect(viewed('manual_frame2').identity).toMatchObject({ serial: '12345678', maker: null, version: null })
})

test('several parts are one answer', () => {
  const part = frameBytes('valid', 'metrona_pollutherm')
  const view = viewOf([part, part], { at: 5, complete: false })
  expect([view.records.length, view.raw.length, view.complete]).toEqual([18, 2, false])
})
