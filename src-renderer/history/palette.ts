import type { PointInfo } from '#shared/devices/contract.ts'
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
} as const

type Tone = keyof typeof muted
const order: readonly Tone[] = ['teal', 'violet', 'ochre', 'moss', 'slate', 'plum', 'olive', 'warm', 'cool', 'neutral']
const meant: readonly [RegExp, Tone][] = [
  [/outdoor/i, 'neutral'],
  [/^hotWater/, 'ochre'],
  [/return/i, 'cool'],
  [/flow/i, 'warm'],
]

/** Colour and dash of each chosen point: supply warm, return cool, the desired value dashed in the colour of the actual one. */
export function looksOf(points: readonly PointInfo[], dark: boolean): Pick<Course, 'color' | 'dash'>[] {
  const taken = new Map<string, Tone>()
  const free = () => order.find((tone) => ![...taken.values()].includes(tone)) ?? order[taken.size % order.length] ?? 'neutral'
  return points.map((point) => {
    const actual = point.id.replace(/Reference$/, '')
    const wished = meant.find(([pattern]) => pattern.test(point.id))?.[1]
    const tone = taken.get(actual) ?? (wished !== undefined && ![...taken.values()].includes(wished) ? wished : free())
    taken.set(actual, tone)
    return { color: muted[tone][dark ? 1 : 0], dash: actual === point.id ? 'solid' : 'dash' }
  })
}
