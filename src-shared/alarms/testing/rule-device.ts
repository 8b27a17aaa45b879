import { barePoint } from '../../devices/testing/point.ts'
import type { Point } from '../../devices/profile.ts'
import type { RuleDevice } from '../planned.ts'
import type { Rule } from '../rule.ts'

/** A device with these points, the series of each a hundred more than its place; points that begin with ! are not served. */
export function deviceWith(points: readonly (string | Point)[], id = 'd'): RuleDevice {
  const all = points.map((point) =>
    typeof point === 'string' ? barePoint({ id: point.replace('!', ''), number: point.startsWith('!') ? -1 : 1 }) : point,
  )
  return {
    id,
    name: 'Mill Lane 3',
    place: '',
    tags: [],
    profile: 'x/y',
    points: all,
    series: all.map((_, i) => 100 + i),
    served: ({ number }) => number >= 0,
  }
}

const high: Rule['test'] = { kind: 'limit', points: ['flow'], highHigh: null, high: 60, low: null, lowLow: null, deadband: 0 }

export function ruleWith(change: Partial<Rule> = {}): Rule {
  return {
    id: 'r',
    name: 'Rule',
    description: '',
    enabled: true,
    priority: 'medium',
    scope: { by: 'all', except: [] },
    test: high,
    while: [],
    onDelayS: 300,
    offDelayS: 60,
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: null,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
    version: 1,
    library: null,
    createdAt: 0,
    changedAt: 0,
    changedBy: '',
    removedAt: null,
    ...change,
  }
}
