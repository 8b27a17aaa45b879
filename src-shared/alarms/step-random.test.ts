import { isDeepStrictEqual } from 'node:util'
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

/** Plays one sequence beside a history that is kept as `step` asks for; answers every rule that was broken, and the states that were seen. */
function play(seed: number): { broken: string[]; seen: string[] } {
  const random = seeded(seed)
  const rule = { latched: random() < 0.4 }
  const begun = new Set<string>()
  const cleared = new Map<string, boolean>()
  const seen: string[] = []
  const broken: string[] = []
  let standing: Standing = normal
  for (let n = 0; n < 60; n += 1) {
    const event = anyEvent(random, n)
    const before = JSON.stringify(standing)
    const must = (holds: boolean, what: string) => {
      if (!holds) broken.push(`${what}: seed ${seed}, event ${n} ${event.event} after ${before}`)
    }
    const next = step(standing, event, rule)
    must(JSON.stringify(standing) === before, 'the former standing is left alone')
    if (JSON.stringify(next.standing) === before) {
      must(next.standing === standing && next.effects.length === 0, 'where nothing changes, the same comes back and nothing follows')
    }
    standing = next.standing
    const state = stateOf(standing)
    seen.push(state)
    for (const { effect, occurrence } of next.effects) {
      if (effect === 'begin') {
        must(!begun.has(occurrence), 'no occurrence begins twice')
        begun.add(occurrence)
        cleared.set(occurrence, false)
      } else if (effect === 'clear') {
        must(cleared.get(occurrence) === false, 'only what is active clears')
        cleared.set(occurrence, true)
      } else if (effect === 'annunciate') {
        must(state === 'unacknowledged' && occurrence === standing.occurrence, 'only an unacknowledged occurrence is told')
      } else {
        must(cleared.has(occurrence), 'only what has not ended ends')
        // An end takes the earlier ones of the condition with it.
        for (const id of [...cleared.keys()].slice(0, [...cleared.keys()].indexOf(occurrence) + 1)) cleared.delete(id)
      }
    }
    const current = standing.occurrence
    must(state !== 'normal' || cleared.size === 0, 'nothing waits where all is normal')
    must(
      current === null ? !standing.active : cleared.get(current) === !standing.active,
      'the current occurrence is as active as its condition',
    )
    must(
      [...cleared].every(([id, gone]) => gone || id === current),
      'what waits has cleared',
    )
    must(isDeepStrictEqual(JSON.parse(JSON.stringify(standing)), standing), 'storing it changes nothing')
  }
  return { broken, seen }
}

test('whatever happens, no occurrence is lost or begun twice, and only what is to be seen is told', () => {
  const played = Array.from({ length: 1000 }, (_, i) => play(i + 1))
  expect(played.flatMap(({ broken }) => broken)).toEqual([])
  expect(new Set(played.flatMap(({ seen }) => seen)).size).toBe(9)
})
