import type { ReadingBatch } from '#shared/reading.ts'
import type { Points } from '#shared/virtual/compile.ts'
import { Live } from '../../src-main/virtual/live.ts'
import { networkOf } from '../../src-main/virtual/network.ts'
import type { StoredFormula } from '../../src-main/virtual/store.ts'
import { median, quantile, report } from './measure.ts'

/**
 * What formulas add to a batch of readings, in one thread: 50,000 points in one batch, every input of every formula changed. Twenty
 * formulas are means over a point of a thousand devices, the others have two to four points each.
 */
const pointsInBatch = 50_000
const devices = 1000
const pointsOfDevice = pointsInBatch / devices
const formulas = 500
const wide = 20
const rounds = 200

const points: Points = {
  point: (words) => ({ series: Number(words.slice(1)), is: 'temperature' }),
  group: (point) =>
    Array.from({ length: devices }, (_, i) => ({
      series: 1 + i * pointsOfDevice + (Number(point) % pointsOfDevice),
      is: 'temperature' as const,
    })),
}
const base: Omit<StoredFormula, 'id' | 'text' | 'is'> = {
  device: 'd',
  point: 'p',
  name: 'x',
  trusting: false,
  share: 0.75,
  madeAt: 0,
  changedAt: 0,
}
const small = (i: number): Pick<StoredFormula, 'is' | 'text'> => {
  const [a, b, c] = [1, 2, 3].map((step) => `[#${1 + ((i * 97 + step) % pointsInBatch)}]`)
  return i % 2 === 0
    ? { is: 'temperatureDifference', text: `${a} - ${b}` }
    : { is: 'temperatureDifference', text: `if(${a} > 60, max(${a}, ${b}) - ${c}, 0 K)` }
}
const all = Array.from({ length: formulas }, (_, i): StoredFormula => {
  const own = i < wide ? { is: 'temperature' as const, text: `mean({${i}})` } : small(i)
  return { ...base, ...own, id: i }
})

const began = performance.now()
const network = networkOf(all, points, ({ id }) => 1_000_000 + id)
const compiled = performance.now() - began
const live = new Live(network)
live.reset(network, () => undefined)

function batch(round: number): ReadingBatch {
  return {
    series: Uint32Array.from({ length: pointsInBatch }, (_, i) => i + 1),
    at: new Float64Array(pointsInBatch).fill(1_000_000 + round * 10_000),
    value: Float64Array.from({ length: pointsInBatch }, (_, i) => 20 + ((i * 7 + round) % 600) / 10),
    quality: new Uint8Array(pointsInBatch),
  }
}

function timed(make: (round: number) => ReadingBatch): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const readings = make(round)
    const start = performance.now()
    const results = live.take(readings)
    const took = performance.now() - start
    if (round === 0 && results.length === 0) throw new Error('nothing was calculated')
    return took
  }).slice(20)
}

const everything = timed(batch)
report(`${formulas} formulas, a batch of ${pointsInBatch} points, all changed`, {
  'median ms': median(everything),
  'p99 ms': quantile(everything, 0.99),
  'compiled in ms': compiled,
})
// Points that no formula needs.
const others = Array.from({ length: rounds }, (_, round) => {
  const readings = batch(round)
  readings.series.forEach((series, i) => (readings.series[i] = series + 2_000_000))
  const start = performance.now()
  live.take(readings)
  return performance.now() - start
})
report(`the same batch of points that no formula needs`, { 'median ms': median(others), 'p99 ms': quantile(others, 0.99) })
