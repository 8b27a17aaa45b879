import { expect, test } from 'vitest'
import { pointWords, replacePoints, seriesIn, splitWords, toStored } from './references.ts'

test('points are stored by number and shown by name, whatever the name has in it', () => {
  const name = 'North [A] / B \\ C'
  const shown = `2 * [${pointWords(name, 'circuit1.flow')}] - [  #7 ]`
  const seen: string[] = []
  const stored = toStored(shown, (words) => {
    seen.push(words)
    return seriesIn(words) ?? 12
  })
  expect(stored).toBe('2 * [#12] - [#7]')
  expect(splitWords(seen[0] as string)).toEqual({ device: name, point: 'circuit1.flow' })
  expect(replacePoints(stored, (words) => (words === '#12' ? pointWords(name, 'circuit1.flow') : words))).toBe(
    `2 * [${pointWords(name, 'circuit1.flow')}] - [#7]`,
  )
})

test('a point that nobody knows, or that two may be, is refused where it stands', () => {
  expect(() => toStored('1 + [x]', () => null)).toThrow('point at 4')
  expect(() => toStored('1 + [x]', () => 'twice')).toThrow('pointTwice at 4')
  expect(seriesIn('#1x')).toBeNull()
  expect(splitWords('nothing')).toBeNull()
})
