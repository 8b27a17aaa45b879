import { keyOf, type Place } from '#shared/alarms/condition-key.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import type { Finding } from '#shared/energy/contract.ts'
import { systemContext, type Host } from '../../capability.ts'
import type { PlantDevice } from '../../plant.ts'
import { lineOf } from '../rule-device.ts'
import type { Source, SourcePlace } from '../source.ts'

const refreshMs = 10 * 60_000
/** A finding that is gone is looked at so long that its alarm can clear and be acknowledged. */
const goneMs = 7 * 24 * 3_600_000
/** Of the devices that stood still together, so many are named. */
const mostNames = 5

type Standing = { open: boolean; at: number }

/** What the nightly check of meters has found: a condition for each kind of finding on each device and point. */
export function createMeterSource(host: Pick<Host, 'call' | 'events'>): Source {
  let findings: Finding[] = []
  let readAt = -Infinity
  let isOld = true
  let all = true
  let conditions: string[] = []
  let rules: Rule[] = []
  const standing = new Map<string, Standing>()
  const unsubscribe = host.events.subscribe((event) => {
    if (event.event === 'changed' && event.kind === 'finding') isOld = true
  })

  const read = async (at: number) => {
    isOld = false
    readAt = at
    const found = await host.call('energy.findings', { all: 'yes' }, systemContext)
    findings = found.filter(({ closedAt }) => closedAt === null || closedAt > at - goneMs)
    stand()
  }

  const stand = () => {
    standing.clear()
    for (const rule of rules)
      for (const finding of wantedBy(rule, findings)) {
        const key = keyOf(identityOf(rule, finding))
        standing.set(key, standingWith(standing.get(key), finding))
      }
    all = true
  }

  return {
    kinds: ['meter'],

    places(rule, devices) {
      const inScope = new Map(devices.map((device) => [device.id, device]))
      const names = new Set(devices.map(({ name }) => name))
      const places = new Map<string, SourcePlace>()
      for (const finding of wantedBy(rule, findings)) {
        const place = placeOf(rule, finding, inScope, names)
        if (place) places.set(keyOf(place), place)
      }
      return [...places.values()]
    },

    settle(now) {
      conditions = [...now.keys()]
      rules = [...new Map([...now.values()].map(({ rule }) => [rule.id, rule])).values()]
      stand()
    },

    async look(at, tell) {
      if (isOld || at - readAt >= refreshMs || at < readAt) await read(at)
      if (!all) return
      all = false
      for (const key of conditions) {
        const stands = standing.get(key)
        if (stands) tell.verdict(key, stands.open ? 'beyond' : 'within', stands.at)
      }
    },

    stop: () => Promise.resolve(unsubscribe()),
  }
}

/** Open as long as one of its findings is; since the first of those, or gone since the last. */
function standingWith(before: Standing | undefined, { closedAt, openSince }: Finding): Standing {
  const open = closedAt === null
  const at = closedAt ?? openSince
  if (!before || (open && !before.open)) return { open, at }
  if (before.open !== open) return before
  return { open, at: open ? Math.min(before.at, at) : Math.max(before.at, at) }
}

function wantedBy({ test }: Rule, findings: readonly Finding[]): Finding[] {
  if (test.kind !== 'meter') return []
  return findings.filter(({ severity }) => test.severities === 'all' || severity === 'alarm')
}

/** The same finding on the same point has the same place, whenever it is found again. */
function identityOf(rule: Rule, finding: Finding): Place {
  const { device, point, meter, series, devices } = finding
  const which = point !== null ? '' : device === null ? [...devices].toSorted().join() : (series ?? (meter === device ? '' : meter) ?? '')
  const part = `${finding.rule}${which === '' ? '' : `:${which}`}`.replaceAll('|', '/').slice(0, 120)
  return { rule: rule.id, device: device ?? '', point: point ?? '', part }
}

function placeOf(rule: Rule, finding: Finding, inScope: ReadonlyMap<string, PlantDevice>, names: ReadonlySet<string>): SourcePlace | null {
  const { device: id, devices, series } = finding
  const device = id === null ? undefined : inScope.get(id)
  if (id === null ? !devices.some((name) => names.has(name)) : !device) return null
  const name = device?.name ?? `${devices.slice(0, mostNames).join(', ')}${devices.length > mostNames ? ' …' : ''}`
  return { ...identityOf(rule, finding), name, line: device ? lineOf(device) : '', series }
}
