import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { unitOf } from '#shared/alarms/measured.ts'
import type { Priority } from '#shared/alarms/priority.ts'
import type { AlarmRow, Happening } from '#shared/alarms/row.ts'
import { healthChecks, levels, type AlarmKind } from '#shared/alarms/rule.ts'
import { rules as findingRules } from '#shared/energy/finding.ts'
import type { AlarmState, Suppression } from '#shared/alarms/state.ts'
import { decimals, type Quantity } from '#shared/units.ts'
import { usePointNames } from '../point-names.ts'
import { useFormat } from '../words.ts'

/** What words need of an alarm or of one of its occurrences. */
export type Named = Pick<AlarmRow, 'kind' | 'ruleName' | 'deviceName' | 'point' | 'part'>
/** What has a number: a row, an occurrence. */
type Counted = { kind: AlarmKind; is: Quantity | null; part: string; decimals?: number }

const ways = ['rise', 'fall', 'above', 'below', 'network', 'gateway', 'line'] as const
const parts = [...levels, ...ways, ...healthChecks]
type Part = (typeof levels)[number] | (typeof ways)[number] | (typeof healthChecks)[number]

/** Kinds whose value says nothing that the words do not say already. */
const wordless: ReadonlySet<AlarmKind> = new Set(['controller', 'offline', 'meter'])

/** What the part is called, without the number or address that tells it from others of its kind. */
const headOf = (part: string) => part.split(':', 1)[0] ?? ''

/** What stands in the place of `part` as a word that the locales know, else null. */
export const knownPart = (part: string): Part | null => parts.find((one): one is Part => one === headOf(part)) ?? null

/** An alarm in the language of the screen. Texts are empty where there is nothing to say. */
export function useAlarmWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  return useMemo(() => {
    // A list of thousands has few points and levels, and is searched with every letter.
    const point = remembered(
      ({ point: id }: Pick<Named, 'point'>) => (id ? names.full({ id, title: null }) : ''),
      (row) => row.point ?? '',
    )
    const part = ({ kind, part: name }: Pick<Named, 'kind' | 'part'>) => {
      const finding = kind === 'meter' && findingRules.find((one) => one === headOf(name))
      if (finding) return t(`energy.rule.${finding}.title`)
      const known = knownPart(name)
      return known === null || (kind === 'offline' && name === '') ? '' : t(`alarms.words.part.${known}`)
    }
    /** Point and level: "Circuit 1: Flow temperature, very high". */
    const about = remembered(
      (row: Named) => [point(row), part(row)].filter(Boolean).join(', '),
      (row) => `${row.kind}|${row.point ?? ''}|${row.part}`,
    )
    /** All in one line: "Supply too cold · School · Flow temperature, low". */
    const line = (row: Named) => [row.ruleName, row.deviceName, about(row)].filter(Boolean).join(' · ')
    /** A number of the alarm with its unit; empty when there is none or it says nothing. */
    const number = (value: number | null, { kind, is, part: name, decimals: digits }: Counted) => {
      if (value === null || wordless.has(kind) || is === 'state' || is === 'text') return ''
      if (is === 'duration') return format.duration(Math.round(value))
      const shown = digits ?? (is === null ? 1 : decimals[is])
      return `${format.number(value, is === null && Number.isInteger(value) ? 0 : shown)} ${unitOf({ kind, is, part: name })}`.trim()
    }
    const state = (name: AlarmState) => t(`alarms.words.state.${name}`)
    const priority = (name: Priority) => t(`alarms.words.priority.${name}`)
    const kind = (name: AlarmKind) => t(`alarms.words.kind.${name}`)
    const happening = (name: Happening['what']) => t(`alarms.words.happening.${name}`)
    const suppression = (reason: Suppression['reason']) => t(`alarms.words.suppression.${reason}`)
    return { point, part, about, line, number, state, priority, kind, happening, suppression }
  }, [t, format, names])
}

function remembered<T>(make: (of: T) => string, keyOf: (of: T) => string): (of: T) => string {
  const known = new Map<string, string>()
  return (of) => {
    const key = keyOf(of)
    const text = known.get(key) ?? make(of)
    known.set(key, text)
    return text
  }
}

export type AlarmWords = ReturnType<typeof useAlarmWords>
