import { meaningOf } from '#shared/devices/codec.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { badAnswer } from '#shared/mbus/fault.ts'
import { parseFrame } from '#shared/mbus/frame.ts'
import { parseSelector, select } from '#shared/mbus/selector.ts'
import { decodeTelegram, type Telegram } from '#shared/mbus/telegram.ts'

/** Samples of meters that do not read as they say, and points whose selector is none. */
export function meterSampleBreaches(profile: FlatProfile): string[] {
  const unreadable = profile.points.filter(({ from = '' }) => !parseSelector(from)).map(({ id }) => `${profile.id}: ${id} has no selector`)
  return profile.samples.reduce((faults, { telegram, readings }, i) => {
    const say = (what: string) => `${profile.id} sample ${i + 1}: ${what}`
    if (telegram === undefined) return [...faults, say('has no telegram')]
    const telegrams = answerOf(telegram)
    const wrong = profile.points.flatMap((point) => {
      const selector = parseSelector(point.from ?? '')
      if (!selector) return []
      const raw = select(telegrams, selector, point.is).value
      const read = raw === null ? null : meaningOf(point, raw).value
      const expected = readings[point.id]
      if (expected === undefined) return [say(`has no reading of ${point.id}`)]
      return read === expected ? [] : [say(`${point.id} reads ${read}, not ${expected}`)]
    })
    return [...faults, ...wrong]
  }, unreadable)
}

function answerOf(text: string): Telegram[] {
  const bytes = Uint8Array.from(text.split(' '), (word) => Number.parseInt(word, 16))
  const telegrams: Telegram[] = []
  for (let at = 0; at < bytes.length;) {
    const result = parseFrame(bytes, at)
    if (result.state !== 'complete') throw badAnswer('incomplete')
    telegrams.push(decodeTelegram(result.frame))
    at += result.length
  }
  return telegrams
}
