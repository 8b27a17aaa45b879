import { expect, test } from 'vitest'
import { scalesOf, strokesOf } from './pipe-strokes.ts'

const pipe = { flow: 8, supply: 82, return: 41, dp: 1.4, leak: 0 }

test('supply and return lie beside each other and flow against each other', () => {
  const [supply, back] = strokesOf(pipe, 0.01, scalesOf([pipe], 'both', 'light'))
  expect(supply?.offset).toBeGreaterThan((supply?.width ?? 0) / 2)
  expect(back?.offset).toBe(-(supply?.offset ?? 0))
  expect([supply?.drift?.isBackward, back?.drift?.isBackward]).toEqual([false, true])
  expect(supply?.color).not.toBe(back?.color)
})

test('one quantity is one line, wider with more flow', () => {
  const small = { ...pipe, flow: 1 }
  const scales = scalesOf([pipe, small], 'dp', 'dark')
  const [wide, narrow] = [strokesOf(pipe, 0.01, scales), strokesOf(small, 0.01, scales)]
  expect(wide).toHaveLength(1)
  expect(wide[0]?.offset).toBe(0)
  expect(wide[0]?.width).toBeGreaterThan(narrow[0]?.width ?? 99)
})

test('water that stands does not seem to move; faster water moves faster', () => {
  const scales = scalesOf([pipe], 'flow', 'light')
  expect(strokesOf({ ...pipe, flow: 0 }, 0.01, scales)[0]?.drift).toBeNull()
  const slow = strokesOf({ ...pipe, flow: 0.5 }, 0.01, scales)[0]?.drift?.seconds ?? 0
  expect(strokesOf(pipe, 0.01, scales)[0]?.drift?.seconds).toBeLessThan(slow)
})

test('water that comes back the other way is shown so', () => {
  const [supply] = strokesOf({ ...pipe, flow: -3 }, 0.01, scalesOf([pipe], 'both', 'light'))
  expect(supply?.drift?.isBackward).toBe(true)
})
