import { describe, expect, test } from 'vitest'
import type { Fault } from '#shared/simulator/faults.ts'
import { contactOf, goodContact } from './contact.ts'
import { FaultBook } from './book.ts'
import { targetsOf } from './targets.ts'

const start = Date.UTC(2026, 0, 20, 6)
const day = 86_400_000

function begin() {
  const deeds: string[] = []
  const houses = [
    { name: 'A', zone: 'east' },
    { name: 'B', zone: 'west' },
    { name: 'C', zone: 'east' },
  ]
  const network = { pipes: [{ id: 'n1', parent: -1, length: 100, diameter: 0.1, loss: 0.2 }], stations: [0, 0, 0] }
  const tell =
    (what: string) =>
    ({ id, kind, target }: Fault) =>
      deeds.push(`${what} ${id} ${kind} ${target}`)
  const targets = targetsOf(houses, network, [{ id: 'east', name: 'East side' }])
  const make = () => new FaultBook(targets, { begin: tell('begin'), end: tell('end') })
  return { deeds, make, book: make() }
}

describe('planned faults', () => {
  test('begin and end in the order of their times, and stay in the book', () => {
    const { deeds, book } = begin()
    book.plan(
      [
        { kind: 'bypass', target: 'B', fromDay: 2 },
        { kind: 'leak', target: 'n1', params: { flow: 2 }, fromDay: -1, toDay: 3 },
        { kind: 'pumpTripped', target: 'plant', fromDay: 1, toDay: 2 },
      ],
      start,
    )
    expect(book.event).toBe(start - day)
    book.reach(start)
    expect(book.event).toBe(start + day)
    book.reach(start + 5 * day)
    expect(deeds).toEqual([
      'begin f1 leak n1',
      'begin f2 pumpTripped plant',
      'end f2 pumpTripped plant',
      'begin f3 bypass B',
      'end f1 leak n1',
    ])
    expect(book.all()).toEqual([
      { id: 'f1', kind: 'leak', target: 'n1', params: { flow: 2 }, from: start - day, to: start + 3 * day },
      { id: 'f2', kind: 'pumpTripped', target: 'plant', params: {}, from: start + day, to: start + 2 * day },
      { id: 'f3', kind: 'bypass', target: 'B', params: { share: 25 }, from: start + 2 * day, to: null },
    ])
    expect(book.event).toBe(Infinity)
  })

  test('are refused when there is no such target or parameter', () => {
    const { book } = begin()
    const plan = (kind: 'leak' | 'bypass', target: string, params = {}) => book.plan([{ kind, target, params, fromDay: 0 }], start)
    expect(() => plan('leak', 'A')).toThrow(expect.objectContaining({ code: 'notFound', params: { what: 'node', target: 'A' } }))
    expect(() => plan('bypass', 'A', { share: 101 })).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })
})

describe('a fault', () => {
  test('that is struck stands until it is healed, once', () => {
    const { deeds, book } = begin()
    const struck = book.strike('frozen', 'A', undefined, start, null)
    expect(struck).toMatchObject({ id: 'f1', from: start, to: null })
    expect(book.heal('f1', start + 1_000).to).toBe(start + 1_000)
    expect(book.heal('f1', start + 2_000).to).toBe(start + 1_000)
    expect(deeds).toEqual(['begin f1 frozen A', 'end f1 frozen A'])
    expect(() => book.heal('f9', start)).toThrow(expect.objectContaining({ code: 'notFound', params: { what: 'fault', id: 'f9' } }))
  })

  test('with an end mends by itself, and cannot end before it begins', () => {
    const { book } = begin()
    book.strike('offline', 'B', undefined, start, start + 7_000)
    expect(book.event).toBe(start + 7_000)
    book.reach(start + 10_000)
    expect(book.all()[0]?.to).toBe(start + 7_000)
    expect(() => book.strike('offline', 'B', undefined, start, start)).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })

  test('of a zone stands at every station of it, by the name or the id of the zone', () => {
    const { book } = begin()
    expect(book.strike('gatewayFrozen', 'East side', undefined, start, null).target).toBe('east')
    expect([0, 1, 2].map((station) => contactOf(book.standingAt(station)).frozen)).toEqual([true, false, true])
    book.strike('frozen', 'A', undefined, start, null)
    book.heal('f1', start)
    expect([0, 1, 2].map((station) => contactOf(book.standingAt(station)).frozen)).toEqual([true, false, false])
  })

  test('of contact tells how a station answers', () => {
    const { book } = begin()
    expect(contactOf(book.standingAt(1))).toEqual(goodContact)
    book.strike('gatewayNoAnswer', 'B', undefined, start, null)
    book.strike('clockDrift', 'B', { drift: -30 }, start, null)
    expect(contactOf(book.standingAt(1))).toEqual({ offline: false, noAnswer: true, frozen: false, drift: -30, driftFrom: start })
  })
})

test('a book that is loaded goes on where it was saved, and what stands begins anew', () => {
  const { deeds, book, make } = begin()
  book.plan([{ kind: 'bypass', target: 'B', fromDay: 1 }], start)
  book.strike('hunting', 'A', undefined, start, start + 2 * day)
  book.heal(book.strike('offline', 'C', undefined, start, null).id, start)
  const saved = structuredClone(book.save())
  deeds.length = 0
  const again = make()
  again.load(saved)
  expect(deeds).toEqual(['begin f1 hunting A'])
  again.reach(start + 2 * day)
  book.reach(start + 2 * day)
  expect(again.all()).toEqual(book.all())
  expect(again.all().map(({ id }) => id)).toEqual(['f1', 'f2', 'f3'])
})
