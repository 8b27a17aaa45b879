import { expect, test } from 'vitest'
import { decode } from '../devices/codec.ts'
import type { Point } from '../devices/profile.ts'
import { inputPoint, lineThrough } from './point.ts'

const base: Point = {
  id: 'input7',
  address: 10_206,
  number: 10_207,
  area: 'holding',
  as: 'int16',
  swap: false,
  bit: undefined,
  bits: 1,
  scale: 0.01,
  offset: 0,
  is: 'temperature',
  role: 'measure',
  title: undefined,
  text: undefined,
  faults: [19_200],
  off: undefined,
  values: undefined,
  write: undefined,
  unverified: false,
} as const

const config = { name: 'Tank pressure', quantity: 'pressure', scale: 0.01, offset: 0 } as const

test('two pairs of raw value and value make a line, and nothing else does', () => {
  expect(lineThrough([0, -50], [1000, 150])).toEqual({ scale: 0.2, offset: -50 })
  expect(lineThrough([200, 0], [1000, 16])).toEqual({ scale: 0.02, offset: -4 })
  expect(lineThrough([5, 1], [5, 2])).toBeNull()
  expect(lineThrough([0, 3], [10, 3])).toBeNull()
})

test('a Pt1000 is read as the controller scales it, a voltage as the person does, a contact as a state', () => {
  const sensor = inputPoint(base, 'input7.own1', { ...config, type: 'pt1000' })
  expect(sensor).toMatchObject({ id: 'input7.own1', title: 'Tank pressure', is: 'temperature', unverified: false })
  expect(decode(sensor, [2148]).value).toBe(21.48)
  const voltage = inputPoint(base, 'input7.own2', { ...config, type: 'voltage', scale: 0.02, offset: -4 })
  expect(decode(voltage, [600]).value).toBe(8)
  expect(voltage).toMatchObject({ is: 'pressure', unverified: true })
  expect(decode(voltage, [19_200])).toEqual({ value: null, quality: 'fault' })
  const contact = inputPoint(base, 'input7.own3', { ...config, type: 'digital' })
  expect(contact).toMatchObject({ role: 'state', values: { '0': 'off', '1': 'on' } })
  expect(decode(contact, [1]).value).toBe(1)
})
