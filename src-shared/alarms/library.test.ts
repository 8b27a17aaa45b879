import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadProfiles } from '../devices/load.ts'
import { pointTextKey } from '../devices/point-text.ts'
import { comparePriority } from './priority.ts'
import { readLibrary, readyContent, readyWordsSchema, type ReadyFile } from './library.ts'
import { ruleContentSchema } from './rule.ts'

const resources = fileURLToPath(new URL('../../resources', import.meta.url))
const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(resources, ...path), 'utf8'))
const jsonFiles = (folder: string) =>
  new Map(
    readdirSync(join(resources, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json'))
      .map((path) => [path.replaceAll('\\', '/'), readJson(folder, path)] as const),
  )

const files = new Map([...jsonFiles('alarms')].map(([path, file]) => [path.replace(/\.json$/, ''), file]))
const library = readLibrary(files)
const known = readJson('points.json') as Record<string, string>
const profiles = loadProfiles(jsonFiles('profiles'))
/** Points as rules name them: the number of the circuit or meter may be left out. */
const served = new Set(profiles.flatMap(({ points }) => points.flatMap(({ id }) => [id, id.replace(/^([a-z]+)\d+\./i, '$1.')])))

function pointsOf({ rule: { test: what, while: gates } }: ReadyFile): string[] {
  const own = 'pairs' in what ? what.pairs.flatMap(({ point, reference }) => [point, reference]) : 'points' in what ? what.points : []
  return [...own, ...gates.map(({ point }) => point)]
}

describe('the library of ready-made rules', () => {
  test('has a rule for everything that is asked of it', () => {
    const kinds = new Set([...library.values()].map(({ rule }) => rule.test.kind))
    expect([...kinds].toSorted()).toEqual(
      ['consumption', 'controller', 'deviation', 'health', 'limit', 'meter', 'missing', 'offline', 'rate', 'sensor', 'stuck'].toSorted(),
    )
    expect([...library].filter(([, { recommended }]) => recommended).length).toBeGreaterThan(15)
  })

  test.each([...library])('%s: each point is well known and served by a controller or meter', (_id, file) => {
    const points = pointsOf(file)
    expect(points.filter((point) => !(pointTextKey(point).key in known))).toEqual([])
    expect(points.filter((point) => !served.has(point))).toEqual([])
  })

  test.each(['en', 'de'])('%s has words for each, and for none that is not there', (language) => {
    const words = readJson('locales', language, 'alarm-library.json') as Record<string, unknown>
    expect(Object.keys(words).toSorted()).toEqual([...library.keys()].toSorted())
    for (const [id, file] of library) {
      const content = readyContent(file, readyWordsSchema.parse(words[id]), true)
      expect(ruleContentSchema.parse(content)).toEqual(content)
      expect(content.action.split('\n').length).toBeGreaterThan(1)
    }
  })

  test.each([...library])('%s asks for an answer in time and its levels stand in order', (_id, { rule }) => {
    expect(rule.respondMinutes).not.toBeNull()
    if (rule.test.kind !== 'limit') return
    const { lowLow, low, high, highHigh } = rule.test
    const set = [lowLow, low, high, highHigh].filter((limit) => limit !== null)
    expect(set.length).toBeGreaterThan(0)
    expect(set).toEqual(set.toSorted((a, b) => a - b))
    expect(rule.onDelayS).toBeGreaterThanOrEqual(15)
  })

  test('what presses is answered sooner: each priority leaves more time than the more urgent ones', () => {
    const rules = [...library].map(([id, { rule }]) => ({ id, ...rule, minutes: rule.respondMinutes ?? 0 }))
    const turned = rules.flatMap((one) =>
      rules
        .filter((other) => comparePriority(one.priority, other.priority) <= -2 && one.minutes > other.minutes)
        .map(({ id }) => `${one.id} ${id}`),
    )
    expect(turned).toEqual([])
  })

  test('says which file is wrong', () => {
    const broken = new Map(files).set('frostRoom', { ...(files.get('frostRoom') as object), group: 'weather' })
    expect(() => readLibrary(broken)).toThrow('alarms/frostRoom')
  })
})
