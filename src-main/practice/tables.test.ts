import { expect, test } from 'vitest'
import type { PracticeFault, PracticeFinding, PracticeRun } from '#shared/practice/contract.ts'
import { findingTable, truthTable } from './tables.ts'
import type { Download } from '../download.ts'

const from = Date.UTC(2026, 0, 15, 6)
const fault: PracticeFault = {
  id: 'f',
  own: true,
  kind: 'bypass',
  target: '-House; "North"',
  params: { share: 25 },
  state: 'over',
  after: 90 * 60_000,
  from,
  to: from + 3_600_000,
}
const finding: PracticeFinding = {
  id: 'r',
  trainee: '@Tom',
  kind: 'bypass',
  target: '-House; "North"',
  note: '=1+1',
  after: 100 * 60_000,
  at: from + 600_000,
  outcome: 'found',
  fault: 'f',
  delay: 600_000,
}
const run: PracticeRun = {
  id: 'x',
  exercise: 'hotReturn',
  state: 'ended',
  alone: false,
  instructor: 'Ines',
  startedAt: from,
  endedAt: from,
  from,
  to: from,
  elapsed: 0,
  limit: 1,
  speed: 60,
  joined: false,
  open: true,
  trainees: [],
  findings: [finding],
  faults: [fault, { ...fault, id: 'g', own: false, kind: 'offline', target: 'B', params: {}, from: null, to: null, state: 'planned' }],
}

async function linesOf({ pieces }: Download): Promise<string[]> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true })
  let all = ''
  for await (const piece of pieces) all += text.decode(piece)
  expect(all.startsWith('\uFEFF')).toBe(true)
  return all.slice(1).split('\r\n')
}

test('the truth stands in UTC with minutes of the exercise and who found it', async () => {
  const table = truthTable(run, 'semicolon')
  expect(table.name).toBe('2026-01-15-hotReturn-truth.csv')
  expect(await linesOf(table)).toEqual([
    'kind;target;origin;parameters;began;ended;began after (min);found by',
    `bypass;"'-House; ""North""";exercise;share 25;2026-01-15 06:00:00;2026-01-15 07:00:00;90;'@Tom`,
    'offline;B;before;;;;;',
    '',
  ])
})

test('reports stand with what came of them, and no cell is a formula', async () => {
  expect(await linesOf(findingTable(run, 'comma'))).toEqual([
    'trainee,kind,target,reported,reported after (min),outcome,delay (min),note',
    `'@Tom,bypass,"'-House; ""North""",2026-01-15 06:10:00,100,found,10,'=1+1`,
    '',
  ])
})

test('without the truth nothing is told of what came of a report', async () => {
  const hidden = { ...run, faults: null, findings: [{ ...finding, outcome: null, fault: null, delay: null }] }
  expect((await linesOf(findingTable(hidden, 'comma')))[1]).toContain(',100,,,')
  expect(await linesOf(truthTable(hidden, 'comma'))).toHaveLength(2)
})
