import { expect, test } from 'vitest'
import type { Reading } from '#shared/reading.ts'
import { Recorder } from './recorder.ts'

const day = 24 * 60 * 60_000

/** A feed whose readings are told by hand. */
function feed() {
  const readings = new Map<number, Reading>()
  let watched: { series: readonly number[]; listener: () => void; unseen: boolean } | undefined
  let now = 1_000_000_000_000
  const recorder = new Recorder(
    {
      reading: (series) => readings.get(series),
      watch: (series, listener, options) => {
        watched = { series, listener, unseen: options?.unseen ?? false }
        return () => {
          watched = undefined
        }
      },
    },
    () => now,
  )
  const tell = (series: number, afterMs: number, value: number | null = 1) => {
    now += afterMs
    readings.set(series, { at: now, value, quality: value === null ? 'offline' : 'good' })
    watched?.listener()
  }
  return { recorder, tell, watched: () => watched, wait: (ms: number) => (now += ms) }
}

test('readings are kept while nobody subscribes, and the page need not be seen', () => {
  const { recorder, tell, watched } = feed()
  recorder.record([7])
  expect(watched()?.unseen).toBe(true)
  tell(7, 10_000, 20)
  tell(7, 10_000, 21)
  expect(recorder.of(7)?.value).toEqual([20, 21])
})

test('a series that goes on being recorded keeps what it has, one that leaves is forgotten', () => {
  const { recorder, tell, watched } = feed()
  recorder.record([7, 8])
  tell(7, 10_000)
  tell(8, 10_000)
  recorder.record([8, 9])
  expect(recorder.of(8)?.at).toHaveLength(1)
  expect(recorder.of(7)).toBeUndefined()
  expect(watched()?.series).toEqual([8, 9])
})

test('the same reading told twice is kept once', () => {
  const { recorder, tell, watched } = feed()
  recorder.record([7])
  tell(7, 10_000)
  const version = recorder.version()
  watched()?.listener()
  expect(recorder.of(7)?.at).toHaveLength(1)
  expect(recorder.version()).toBe(version)
})

test('a long silence is a hole, the usual pace of a slow meter is none', () => {
  const { recorder, tell } = feed()
  recorder.record([7])
  for (let i = 0; i < 5; i++) tell(7, 10_000)
  tell(7, 5 * 60_000, 3)
  expect(recorder.of(7)?.value.slice(-3)).toEqual([1, null, 3])
  recorder.record([8])
  for (let i = 0; i < 6; i++) tell(8, 15 * 60_000)
  expect(recorder.of(8)?.value).not.toContain(null)
})

test('no more than a day is kept', () => {
  const { recorder, tell } = feed()
  recorder.record([7])
  recorder.subscribe(() => undefined)
  for (let i = 0; i < 12_000; i++) tell(7, 10_000, i)
  const kept = recorder.of(7)
  expect(kept?.at.length).toBeLessThanOrEqual(9000)
  expect((kept?.at.at(-1) ?? 0) - (kept?.at[0] ?? 0)).toBeGreaterThan(0.9 * day)
  expect(kept?.value.at(-1)).toBe(11_999)
})

test('a recording that nobody has looked at for a day ends', () => {
  const { recorder, tell, watched, wait } = feed()
  recorder.record([7])
  tell(7, 10_000)
  wait(day)
  tell(7, 10_000)
  expect(watched()).toBeUndefined()
  expect(recorder.series).toEqual([])
})
