import { describe, expect, test } from 'vitest'
import type { Profile } from '#shared/devices/profile.ts'
import { emptyCells } from '#shared/profiles/cells.ts'
import { checkProfile } from '#shared/profiles/check.ts'
import { documentOf, draftOf, emptyDraft, readRows, withRow, type Draft } from './draft.ts'

const profile: Profile = {
  maker: 'Danfoss',
  model: 'ECL Comfort 310',
  title: 'Heating',
  source: 'Guide, p. 6',
  proven: 'field',
  protocol: 'modbus',
  firstRegister: 1,
  limits: { block: 50, gap: 0, functions: [3, 4, 6], idleCloseMs: 75_000 },
  detect: { type: 266 },
  unlock: { at: 145, value: 1732, lock: 0 },
  points: { outdoor: { at: 10201, scale: 0.01, role: 'measure' }, type: { at: 2061, as: 'uint16', role: 'identity' } },
  key: ['outdoor'],
  samples: [{ source: 'x', registers: { '10201': 5 }, readings: { outdoor: 0.05 } }],
}
const made = (draft: Draft) => documentOf(draft, readRows(draft.rows).points)

describe('a draft', () => {
  test('of one’s own file gives the same file back', () => {
    const draft = draftOf('user/danfoss/mine', profile, false)
    expect(draft.head.name).toBe('mine')
    expect(made(draft)).toEqual(profile)
  })

  test('of a file that comes with the program is chosen by hand and proves nothing by its samples', () => {
    const { detect: _, samples: _samples, ...rest } = profile
    expect(made(draftOf('danfoss/ecl310', profile, true))).toEqual({ ...rest, detect: {}, samples: [] })
  })

  test('with nothing filled in is refused by the check of the file, and names what is missing', () => {
    expect(() => checkProfile('user/a/b', { ...made(emptyDraft('apex')), firstRegister: 7 }, new Map())).toThrow('firstRegister')
    const bad = emptyDraft(undefined)
    expect(() => checkProfile('user/a/b', made({ ...bad, head: { ...bad.head, block: '' } }), new Map())).toThrow('limits.block')
  })
})

describe('rows', () => {
  const cells = { ...emptyCells, id: 'outdoor', number: '5', role: 'measure' }

  test('tell their faults, and an id that is there twice', () => {
    const { points, faults } = readRows([
      { key: 1, cells },
      { key: 2, cells: { ...cells } },
      { key: 3, cells: { ...cells, id: 'room', scale: 'x' } },
    ])
    expect(Object.keys(points)).toEqual(['outdoor'])
    expect([...faults]).toEqual([
      [2, [{ column: 'id', fault: 'twice' }]],
      [3, [{ column: 'scale', fault: 'number' }]],
    ])
  })

  test('come after the one that is open, with the number that follows', () => {
    const first = withRow([], undefined)
    expect(first.row.cells).toMatchObject({ number: '', role: 'measure' })
    const rows = [
      { key: 4, cells },
      { key: 2, cells: { ...cells, number: '90' } },
    ]
    const second = withRow(rows, rows[0])
    expect(second.rows.map(({ key }) => key)).toEqual([4, 5, 2])
    expect(second.row.cells.number).toBe('6')
    expect(withRow(rows, undefined).row.cells.number).toBe('91')
  })

  test('five hundred of them are read again only where they changed', () => {
    const rows = Array.from({ length: 500 }, (_, key) => ({ key, cells: { ...cells, id: `p${key}` } }))
    const before = readRows(rows).points
    const after = readRows(rows.map((row) => (row.key === 7 ? { ...row, cells: { ...row.cells, number: '8' } } : row))).points
    expect(after['p8']).toBe(before['p8'])
    expect(after['p7']).not.toBe(before['p7'])
  })
})
