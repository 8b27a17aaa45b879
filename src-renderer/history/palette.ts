import type { Drawn } from './drawn.ts'
import { isReferenceOf } from '#shared/devices/reference.ts'
import type { Course } from './series.ts'

// Muted, so that the amber and crimson of the abnormal stay the loudest. Pairs of light and dark ground.
const muted = {
  warm: ['#8f4637', '#d59a8b'],
  cool: ['#3b6285', '#90b5d6'],
  neutral: ['#3d444b', '#c9ced3'],
  olive: ['#76702a', '#c2bb74'],
  violet: ['#65518a', '#b7a6da'],
  teal: ['#2d7066', '#82c0b5'],
  ochre: ['#8f6a3c', '#d3b08a'],
  moss: ['#577039', '#a9c389'],
  plum: ['#7d4766', '#cd9bb9'],
  slate: ['#5b6f7c', '#a7bac6'],
  umber: ['#5e4637', '#b39b8a'],
  pine: ['#2f5540', '#86b598'],
} as const

type Tone = keyof typeof muted
const order: readonly Tone[] = ['teal', 'violet', 'ochre', 'moss', 'slate', 'plum', 'olive', 'warm', 'cool', 'neutral', 'umber', 'pine']
const meant: readonly [RegExp, Tone][] = [
  [/outdoor/i, 'neutral'],
  [/^hotWater/, 'ochre'],
  [/return/i, 'cool'],
  [/flow/i, 'warm'],
]

/** Colour and dash of each line: supply warm, return cool, the desired value dashed in the colour of the measured one. */
export function looksOf(drawn: readonly Drawn[], dark: boolean): Pick<Course, 'color' | 'dash'>[] {
  const tones = new Map<Drawn, Tone>()
  const free = () => order.find((tone) => ![...tones.values()].includes(tone)) ?? order[tones.size % order.length] ?? 'neutral'
  const actuals = drawn.map((one) => drawn.find((other) => other.device === one.device && isReferenceOf(one.point, other.point)) ?? one)
  return actuals.map((actual, i) => {
    const wished = meant.find(([pattern]) => pattern.test(actual.point.id))?.[1]
    const tone = tones.get(actual) ?? (wished !== undefined && ![...tones.values()].includes(wished) ? wished : free())
    tones.set(actual, tone)
    return { color: muted[tone][dark ? 1 : 0], dash: actual === drawn[i] ? 'solid' : 'dash' }
  })
}
