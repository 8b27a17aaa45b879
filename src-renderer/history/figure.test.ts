import { expect, test } from 'vitest'
import type { PointInfo } from '#shared/devices/contract.ts'
import { withReferences, type Drawn } from './drawn.ts'
import { figureOf, type FigureInput } from './figure.ts'
import { looksOf } from './palette.ts'
import { rangesOf, scaffoldOf, stateAxis } from './scaffold.ts'
import { courseOf } from './series.ts'
import { strokesOf } from './strokes.ts'

const hour = 3_600_000
const plain = {
  number: 1,
  decimals: 1,
  title: null,
  values: null,
  text: null,
  off: null,
  write: null,
  factory: null,
  automatic: null,
  unverified: false,
  served: true,
  configurable: false,
} as const
let series = 0
const point = (id: string, is: PointInfo['is'], unit: string, role: PointInfo['role'] = 'measure'): PointInfo => ({
  ...plain,
  id,
  series: ++series,
  is,
  unit,
  role,
})
const of = (device: string, one: PointInfo): Drawn => ({ device, deviceName: device, point: one })
const course = (one: Drawn, value: (number | null)[], color = '#101010') =>
  courseOf(
    one,
    { color, dash: 'solid' },
    {
      series: one.point.series,
      at: value.map((_, i) => i * hour),
      value,
      quality: value.map(() => 0),
      stored: value.length,
      min: null,
      max: null,
    },
    [],
  )
const theme = { text: '#000', quiet: '#555', line: '#ccc', ground: '#fff', abnormal: '#f00', caution: '#fa0', font: 'x' }
const input = (courses: FigureInput['courses']): FigureInput => ({
  courses,
  past: [],
  from: 0,
  to: 10 * hour,
  ticks: [],
  theme,
  touch: false,
  narrow: false,
  nameOf: ({ point: { id } }) => id,
  separators: '.,',
})

const flow = point('circuit1.flow', 'temperature', '°C')
const wished = point('circuit1.flowReference', 'temperature', '°C')
const back = point('circuit1.return', 'temperature', '°C')
const water = point('meter1.flow', 'flow', 'm³/h')
const power = point('meter1.power', 'power', 'kW')
const pump = point('circuit1.pump', 'state', '', 'state')

test('a measured value brings the desired one of its own device along, once', () => {
  const known = [of('a', wished), of('b', { ...wished, series: 99 })]
  expect(withReferences([of('a', flow), of('a', back)], known).map((one) => [one.point.id, one.reference ?? false])).toEqual([
    ['circuit1.flow', false],
    ['circuit1.flowReference', true],
    ['circuit1.return', false],
  ])
  expect(withReferences([of('a', flow), of('a', wished)], known)).toHaveLength(2)
  expect(withReferences([of('c', flow)], known)).toHaveLength(1)
  expect(withReferences([of('a', flow)], [of('a', { ...wished, served: false })])).toHaveLength(1)
})

test('the desired value has the colour of the measured one, dashed; the same point of another device has another colour', () => {
  const [actual, reference, other] = looksOf([of('a', flow), of('a', wished), of('b', { ...flow, series: 77 })], false)
  expect(reference).toEqual({ color: actual?.color, dash: 'dash' })
  expect(other?.dash).toBe('solid')
  expect(other?.color).not.toBe(actual?.color)
})

test('twelve lines have twelve colours', () => {
  const looks = looksOf(
    Array.from({ length: 12 }, (_, i) => of(`${i}`, { ...flow, series: 100 + i })),
    false,
  )
  expect(new Set(looks.map(({ color }) => color)).size).toBe(12)
})

test('each unit has an axis of its own, in turns left and right, in the colour of its only line; states have none', () => {
  const { layout, scaffold } = figureOf(
    input([
      course(of('a', flow), [50, 60]),
      course(of('b', back), [30, 40], '#202020'),
      course(of('a', water), [1, 2], '#303030'),
      course(of('a', power), [10, 20], '#404040'),
      course(of('a', pump), [0, 1]),
    ]),
  )
  expect(scaffold.units).toEqual(['°C', 'm³/h', 'kW'])
  expect([layout['yaxis'], layout['yaxis2'], layout['yaxis3'], layout['yaxis4']]).toMatchObject([
    { side: 'left', ticksuffix: ' °C', tickfont: { color: theme.quiet } },
    { side: 'right', ticksuffix: ' m³/h', tickfont: { color: '#303030' }, overlaying: 'y' },
    { side: 'left', ticksuffix: ' kW', tickfont: { color: '#404040' } },
    undefined,
  ])
  expect(scaffold.axisOf(course(of('a', pump), [1]))).toBe(stateAxis)
})

test('an axis reaches a little beyond its lines, on round numbers, and stays while values move inside', () => {
  const ranges = (value: number[]) => rangesOf([course(of('a', flow), value)], 0, 10 * hour).get('°C')
  expect(ranges([31, 58.4])).toEqual([30, 60])
  expect(ranges([31.2, 58])).toEqual(ranges([31, 58.4]))
  expect(ranges([31, 65])?.[1]).toBeGreaterThan(65)
  const [low = 0, high = 0] = ranges([20]) ?? []
  expect(low).toBeLessThan(20)
  expect(high).toBeGreaterThan(20)
})

test('what is outside of the stretch does not widen its axis', () => {
  const long = course(of('a', flow), [90, 40, 45, 90])
  expect(rangesOf([long], hour, 2 * hour).get('°C')?.[1]).toBeLessThan(60)
})

test('lines on the sheet begin where they are told to, and states stand in their rows', () => {
  const courses = [course(of('a', flow), [50, null, 60]), course(of('a', pump), [0, 1, 1])]
  const [line, steps] = strokesOf(courses, (_, i) => (i === 0 ? 1 : 0), scaffoldOf(courses))
  expect(line).toMatchObject({ axis: 'y', at: [hour, 2 * hour], height: [null, 60], stepped: false })
  expect(steps).toMatchObject({ axis: stateAxis, height: [0, 0.8, 0.8], stepped: true })
})

test('a hole stays a hole in what plotly draws', () => {
  const { traces } = figureOf(input([course(of('a', flow), [50, null, 60])]))
  const line = traces.find(({ mode }) => mode === 'lines')
  expect(line).toMatchObject({ y: [50, null, 60], connectgaps: false })
})
