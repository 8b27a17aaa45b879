import { expect, test } from 'vitest'
import { normal, type AlarmEvent, type Standing } from './state.ts'
import { stateOf, step } from './step.ts'

/** Repeatable numbers below one (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const whole = (random: () => number, below: number) => Math.floor(random() * below)

function anyEvent(random: () => number, n: number): AlarmEvent {
  const at = n
  const makers: (() => AlarmEvent)[] = [
    () => ({ event: 'raise', id: `r${n}` }),
    () => ({ event: 'raise', id: `r${n}` }),
    () => ({ event: 'clear' }),
    () => ({ event: 'clear' }),
    () => ({ event: 'acknowledge' }),
    () => ({ event: 'reset' }),
    () => {
      const oneShot = random() < 0.3
      return { event: 'shelve', shelf: { at, by: 'anna', reason: 'x', until: oneShot ? null : at + 900_000, oneShot } }
    },
    () => ({ event: 'unshelve' }),
    () => ({ event: 'suppress', suppression: { at, reason: random() < 0.5 ? 'parent' : 'severe', by: `p${whole(random, 3)}` } }),
    () => ({ event: 'unsuppress' }),
    () => ({ event: 'remove', out: { at, by: 'ben', reason: 'x' } }),
    () => ({ event: 'return', id: `t${n}` }),
  ]
  return (makers[whole(random, makers.length)] ?? (() => ({ event: 'clear' })))()
}

/** Plays one sequence beside a history that is kept as `step` asks for, and checks after each event what must hold always. */
function check(seed: number): Set<string> {
  const random = seeded(seed)
  const rule = { latched: random() < 0.4 }
  const begun = new Set<string>()
  const open = new Map<string, { cleared: boolean }>()
  const seen = new Set<string>()
  let standing: Standing = normal
  for (let n = 0; n < 60; n += 1) {
    const event = anyEvent(random, n)
    const before = JSON.stringify(standing)
    const next = step(standing, event, rule)
    const where = `seed ${seed}, event ${n} ${event.event} after ${before}`
    expect(JSON.stringify(standing), where).toBe(before)
    if (JSON.stringify(next.standing) === before) {
      expect(next.standing, where).toBe(standing)
      expect(next.effects, where).toEqual([])
    }
    standing = next.standing
    const state = stateOf(standing)
    seen.add(state)
    for (const { effect, occurrence } of next.effects) {
      if (effect === 'begin') {
        expect(begun.has(occurrence), where).toBe(false)
        begun.add(occurrence)
        open.set(occurrence, { cleared: false })
      } else if (effect === 'clear') {
        expect(open.get(occurrence), where).toEqual({ cleared: false })
        open.set(occurrence, { cleared: true })
      } else if (effect === 'annunciate') {
        expect(state, where).toBe('unacknowledged')
        expect(occurrence, where).toBe(standing.occurrence)
        expect(standing.acknowledged, where).toBe(false)
      } else {
        expect(open.has(occurrence), where).toBe(true)
        for (const id of open.keys()) {
          open.delete(id)
          if (id === occurrence) break
        }
      }
    }
    if (state === 'normal') expect([...open.keys()], where).toEqual([])
    if (standing.occurrence === null) expect(standing.active, where).toBe(false)
    else expect(open.get(standing.occurrence), where).toEqual({ cleared: !standing.active })
    for (const [id, { cleared }] of open) if (id !== standing.occurrence) expect(cleared, where).toBe(true)
    const stored: unknown = JSON.parse(JSON.stringify(standing))
    expect(stored, where).toStrictEqual(standing)
  }
  return seen
}

test('whatever happens, no occurrence is lost or begun twice, and only what is to be seen is told', () => {
  const seen = new Set<string>()
  for (let seed = 1; seed <= 300; seed += 1) for (const state of check(seed)) seen.add(state)
  expect(seen.size).toBe(9)
})
