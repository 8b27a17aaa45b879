import { expect, test } from 'vitest'
import { faultKindNames, paramsOf } from '#shared/simulator/faults.ts'
import de from '../../../resources/locales/de/ui.json' with { type: 'json' }
import en from '../../../resources/locales/en/ui.json' with { type: 'json' }
import type { Town } from '../town.ts'
import { draftOf, faultyFields, kindsFor, strikeOf, targets, targetsFor } from './draft.ts'
import { arrange } from './fault-list.ts'

const town: Town = {
  name: 'T',
  about: '',
  source: '',
  zones: [{ id: 'z', name: 'North' }],
  streets: [],
  plant: { name: 'Plant', place: '', at: [0, 0] },
  nodes: [{ id: 'n1', parent: -1, at: [0, 0], via: [], length: 1, diameter: 0.1 }],
  stations: ['A', 'B'].map((name) => ({
    name,
    place: 'Street 1',
    zone: 'z',
    at: [0, 0],
    node: 0,
    device: null,
    kind: 'dwelling',
    seed: 1,
    profile: '',
    flats: 1,
  })),
}

test('every kind can be chosen once, and has words in both languages', () => {
  expect(targets.flatMap(kindsFor).toSorted()).toEqual(faultKindNames.toSorted())
  for (const { town: words } of [en, de])
    for (const kind of faultKindNames) {
      expect(words.fault.kind[kind].name.length).toBeGreaterThan(4)
      expect(words.fault.kind[kind].text).toMatch(/\.$/)
      for (const name of Object.keys(paramsOf(kind))) expect(Object.keys(words.fault.param)).toContain(name)
    }
})

test('what is offered fits the kind', () => {
  expect(targetsFor('bypass', town).map(({ value }) => value)).toEqual(['A', 'B'])
  expect(targetsFor('gatewayFrozen', town)).toEqual([{ value: 'z', label: 'North' }])
  expect(targetsFor('leak', town).map(({ value }) => value)).toEqual(['n1'])
  expect(targetsFor('pumpTripped', town).map(({ value }) => value)).toEqual(['plant'])
})

test('a new kind keeps the target where it can, and chooses where there is no choice', () => {
  expect(draftOf('bypass', town, 'B').target).toBe('B')
  expect(draftOf('leak', town, 'B').target).toBe('n1')
  expect(draftOf('bypass', town, 'n1').target).toBe('')
})

test('a draft is sent with numbers only when all of them are within their bounds', () => {
  const draft = draftOf('bypass', town, 'A')
  expect(faultyFields(draft)).toEqual([])
  expect(strikeOf(draft)).toEqual({ kind: 'bypass', target: 'A', params: { share: 25 } })
  expect(strikeOf({ ...draft, hours: 6 }).hours).toBe(6)
  expect(faultyFields({ ...draft, target: '', params: { share: '' }, hours: 0 })).toEqual(['share', 'target', 'hours'])
  expect(faultyFields({ ...draft, params: { share: 101 } })).toEqual(['share'])
})

test('what stands comes before what was, the newest first', () => {
  const fault = (id: string, from: number, to: number | null) => ({ id, kind: 'bypass', target: 'A', params: {}, from, to }) as const
  const list = [fault('was', 1, 2), fault('old', 10, null), fault('over', 40, 70), fault('new', 40, null)]
  expect(arrange(list).map(({ fault: { id } }) => id)).toEqual(['new', 'old', 'over', 'was'])
})
