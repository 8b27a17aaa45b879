import { describe, expect, test } from 'vitest'
import { normal, type AlarmEvent, type Effect, type Shelf, type Standing } from './state.ts'
import { stateOf, step } from './step.ts'

const shelf: Shelf = { at: 1, by: 'anna', reason: 'valve is being worked on', until: 900_000, oneShot: false }
const suppression = { at: 1, reason: 'parent', by: 'gateway' } as const
const out = { at: 1, by: 'anna', reason: 'pump is at the workshop' }

const letters = {
  normal: 'A',
  unacknowledged: 'B',
  acknowledged: 'C',
  returned: 'D',
  latchedUnacknowledged: 'E',
  latchedAcknowledged: 'F',
  shelved: 'G',
  suppressed: 'H',
  outOfService: 'I',
} as const
type Letter = (typeof letters)[keyof typeof letters]

const active: Standing = { ...normal, active: true, occurrence: '1' }
const gone: Standing = { ...normal, occurrence: '1' }
const standings: Record<Letter, Standing> = {
  A: normal,
  B: active,
  C: { ...active, acknowledged: true },
  D: gone,
  E: { ...gone, latched: true },
  F: { ...gone, latched: true, acknowledged: true },
  G: { ...active, shelf },
  H: { ...active, suppression },
  I: { ...active, out },
}

const events = {
  raise: { event: 'raise', id: '2' },
  clear: { event: 'clear' },
  clearLatched: { event: 'clear' },
  acknowledge: { event: 'acknowledge' },
  reset: { event: 'reset' },
  shelve: { event: 'shelve', shelf: { ...shelf, at: 5, by: 'ben' } },
  unshelve: { event: 'unshelve' },
  suppress: { event: 'suppress', suppression: { at: 5, reason: 'severe', by: 'highHigh' } },
  unsuppress: { event: 'unsuppress' },
  remove: { event: 'remove', out: { at: 5, by: 'ben', reason: 'meter is broken' } },
  return: { event: 'return', id: '3' },
} as const satisfies Record<string, AlarmEvent>
type EventName = keyof typeof events

/** Letter after, then what follows; `=` means the same object and nothing follows. */
const table: Record<Letter, Record<EventName, string>> = {
  A: {
    raise: 'B begin 2, annunciate 2',
    clear: '=',
    clearLatched: '=',
    acknowledge: '=',
    reset: '=',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  B: {
    raise: '=',
    clear: 'D clear 1',
    clearLatched: 'E clear 1',
    acknowledge: 'C',
    reset: '=',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  C: {
    raise: '=',
    clear: 'A clear 1, end 1',
    clearLatched: 'F clear 1',
    acknowledge: '=',
    reset: '=',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  D: {
    raise: 'B begin 2, annunciate 2',
    clear: '=',
    clearLatched: '=',
    acknowledge: 'A end 1',
    reset: '=',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  E: {
    raise: 'B begin 2, annunciate 2',
    clear: '=',
    clearLatched: '=',
    acknowledge: 'F',
    reset: '=',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  F: {
    raise: 'B end 1, begin 2, annunciate 2',
    clear: '=',
    clearLatched: '=',
    acknowledge: '=',
    reset: 'A end 1',
    shelve: 'G',
    unshelve: '=',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  G: {
    raise: '=',
    clear: 'G clear 1, end 1',
    clearLatched: 'G clear 1, end 1',
    acknowledge: '=',
    reset: '=',
    shelve: 'G',
    unshelve: 'B annunciate 1',
    suppress: 'H',
    unsuppress: '=',
    remove: 'I',
    return: '=',
  },
  H: {
    raise: '=',
    clear: 'H clear 1, end 1',
    clearLatched: 'H clear 1',
    acknowledge: '=',
    reset: '=',
    shelve: 'H',
    unshelve: '=',
    suppress: 'H',
    unsuppress: 'B',
    remove: 'I',
    return: '=',
  },
  I: {
    raise: '=',
    clear: 'I clear 1, end 1',
    clearLatched: 'I clear 1, end 1',
    acknowledge: '=',
    reset: '=',
    shelve: '=',
    unshelve: '=',
    suppress: 'I',
    unsuppress: '=',
    remove: '=',
    return: 'B annunciate 1',
  },
}

const told = (effects: readonly Effect[]) => effects.map(({ effect, occurrence }) => `${effect} ${occurrence}`).join(', ')

/** Runs events in turn and says the letter after each with what followed. */
function play(from: Standing, steps: readonly AlarmEvent[], rule = { latched: false }): string[] {
  let standing = from
  return steps.map((event) => {
    const next = step(standing, event, rule)
    standing = next.standing
    return `${letters[stateOf(standing)]} ${told(next.effects)}`.trim()
  })
}

describe.each(Object.entries(table))('in state %s', (letter, row) => {
  test.each(Object.entries(row))('%s leads to %s', (name, expected) => {
    const before = standings[letter as Letter]
    expect(letters[stateOf(before)]).toBe(letter)
    const kept = structuredClone(before)
    const { standing, effects } = step(before, events[name as EventName], { latched: name === 'clearLatched' })
    expect(before).toEqual(kept)
    const same = standing === before && effects.length === 0
    expect(same ? '=' : `${letters[stateOf(standing)]} ${told(effects)}`.trim()).toBe(expected)
  })
})

describe('what a sequence of events leads to', () => {
  test('acknowledging while active keeps the occurrence, which ends when it clears', () => {
    expect(play(normal, [events.raise, events.acknowledge, events.clear])).toEqual(['B begin 2, annunciate 2', 'C', 'A clear 2, end 2'])
  })

  test('one that comes again unacknowledged begins a new occurrence and the former one waits', () => {
    const raised = play(normal, [{ event: 'raise', id: 'a' }, events.clear, { event: 'raise', id: 'b' }, events.acknowledge, events.clear])
    expect(raised).toEqual(['B begin a, annunciate a', 'D clear a', 'B begin b, annunciate b', 'C', 'A clear b, end b'])
  })

  test('a latched one is first acknowledged and then reset', () => {
    const steps = [events.raise, events.clear, events.reset, events.acknowledge, events.reset]
    expect(play(normal, steps, { latched: true })).toEqual(['B begin 2, annunciate 2', 'E clear 2', 'E', 'F', 'A end 2'])
  })

  test('what comes and goes on a shelf is recorded, and nobody is told', () => {
    const steps = [events.shelve, events.raise, events.clear, events.unshelve]
    expect(play(normal, steps)).toEqual(['G', 'G begin 2', 'G clear 2, end 2', 'A'])
  })

  test('from a shelf an acknowledged one comes back unacknowledged and is told again', () => {
    expect(play(standings.C, [events.shelve, events.unshelve])).toEqual(['G', 'B annunciate 1'])
  })

  test('from a shelf one that had returned comes back as normal', () => {
    expect(play(standings.D, [events.shelve, events.unshelve])).toEqual(['G', 'A end 1'])
    expect(play(standings.F, [events.shelve, events.unshelve])).toEqual(['G', 'A end 1'])
  })

  test('a shelf until it clears ends when it clears', () => {
    const once: AlarmEvent = { event: 'shelve', shelf: { ...shelf, until: null, oneShot: true } }
    expect(play(active, [once, events.clear, events.raise])).toEqual(['G', 'A clear 1, end 1', 'B begin 2, annunciate 2'])
  })

  test('a second shelf stands in place of the first', () => {
    const { standing } = step(standings.G, events.shelve, { latched: false })
    expect(standing.shelf?.by).toBe('ben')
  })

  test('a suppression leaves an acknowledged occurrence acknowledged', () => {
    expect(play(standings.C, [events.suppress, events.unsuppress])).toEqual(['H', 'C'])
    expect(play(standings.D, [events.suppress, events.unsuppress])).toEqual(['H', 'D'])
    expect(play(standings.E, [events.suppress, events.unsuppress])).toEqual(['H', 'E'])
    expect(play(standings.F, [events.suppress, events.unsuppress])).toEqual(['H', 'F'])
  })

  test('what was raised during a suppression is told when it ends', () => {
    expect(play(normal, [events.suppress, events.raise, events.unsuppress])).toEqual(['H', 'H begin 2', 'B annunciate 2'])
  })

  test('what cleared during a suppression has ended, also when it had come again', () => {
    expect(play(standings.B, [events.suppress, events.clear, events.unsuppress])).toEqual(['H', 'H clear 1, end 1', 'A'])
    const again = [events.suppress, events.clear, events.raise, events.unsuppress]
    expect(play(standings.C, again)).toEqual(['H', 'H clear 1, end 1', 'H begin 2', 'B annunciate 2'])
  })

  test('a latched one that had been seen outlasts a suppression, one that nobody saw does not', () => {
    const steps = [events.suppress, events.clear, events.unsuppress]
    expect(play(standings.B, steps, { latched: true })).toEqual(['H', 'H clear 1', 'E'])
    expect(play(standings.C, steps, { latched: true })).toEqual(['H', 'H clear 1', 'F'])
    const unseen = [events.suppress, events.raise, events.clear, events.unsuppress]
    expect(play(normal, unseen, { latched: true })).toEqual(['H', 'H begin 2', 'H clear 2, end 2', 'A'])
  })

  test('it is told only when the last of what hides it has gone', () => {
    const steps = [events.shelve, events.suppress, events.remove, events.unshelve, events.unsuppress, events.return]
    expect(play(active, steps)).toEqual(['G', 'H', 'I', 'I', 'I', 'B annunciate 1'])
    expect(play(active, [events.shelve, events.suppress, events.unshelve, events.unsuppress])).toEqual(['G', 'H', 'H', 'B annunciate 1'])
  })

  test('from a repair it comes back as normal when its condition is gone', () => {
    expect(play(standings.C, [events.remove, events.clear, events.return])).toEqual(['I', 'I clear 1, end 1', 'A'])
    expect(play(standings.D, [events.remove, events.return])).toEqual(['I', 'A end 1'])
  })

  test('one that is active without an occurrence begins one when it returns to service', () => {
    expect(play({ ...normal, active: true, out }, [events.return])).toEqual(['B begin 3, annunciate 3'])
  })

  test('the same suppression again changes nothing', () => {
    const again = step(standings.H, { event: 'suppress', suppression: { ...suppression, at: 99 } }, { latched: false })
    expect(again.standing).toBe(standings.H)
  })
})
