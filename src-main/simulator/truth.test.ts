import { expect, test } from 'vitest'
import type { Fault } from '#shared/simulator/faults.ts'
import { truthTable } from './truth.ts'

const from = Date.UTC(2026, 0, 5, 6)
const fault: Fault = { id: 'f1', kind: 'heatingValveStuck', target: 'Haus 1', params: { opening: 25 }, from, to: null }

test('each fault is a row; one that stands has no end, and what is not a device has none', () => {
  const mended: Fault = { id: 'f2', kind: 'nightStop', target: 'Haus 2', params: { from: 22, to: 6 }, from, to: from + 3_600_000 }
  const table = truthTable([fault, mended], (station) => (station === 'Haus 1' ? 'device-1' : null))
  expect(table).toBe(
    [
      'id,kind,target,device,params,from,to',
      'f1,heatingValveStuck,Haus 1,device-1,opening=25,2026-01-05T06:00:00.000Z,',
      'f2,nightStop,Haus 2,,from=22 to=6,2026-01-05T06:00:00.000Z,2026-01-05T07:00:00.000Z',
      '',
    ].join('\r\n'),
  )
})

test('no spreadsheet runs a name, and a comma stays within its cell', () => {
  const table = truthTable([{ ...fault, target: '=cmd()|A1, "x"' }], () => null)
  expect(table).toContain(`,"'=cmd()|A1, ""x""",`)
})
