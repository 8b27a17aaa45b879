import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PointKind } from '#shared/devices/points-contract.ts'
import { decimals, units, type Quantity } from '#shared/units.ts'
import { useCall } from '../../host.ts'
import { usePointNames } from '../../point-names.ts'

export type PointChoice = { id: string; label: string; unit: string; is: Quantity; devices: number }

export const isMeasured = ({ is }: Pick<PointChoice, 'is'>) => is !== 'state'

const numbered = /^(circuit|meter)\d+\./

/** Points as rules may name them: one by one, and without the number for every circuit or meter. */
export function withEvery(kinds: readonly PointKind[]): (PointKind & { every: boolean })[] {
  const found = new Map<string, PointKind & { every: boolean }>()
  for (const kind of kinds) {
    found.set(kind.id, { ...kind, every: false })
    if (!numbered.test(kind.id)) continue
    const id = kind.id.replace(numbered, '$1.')
    const before = found.get(id)
    if (!before?.every || kind.devices > before.devices) found.set(id, { ...kind, id, every: true })
  }
  return [...found.values()]
}

/** How a point of a rule is called, also one without its number. */
export function useRulePoints() {
  const { t } = useTranslation()
  const names = usePointNames()
  const { data, error, refetch } = useCall('devices.pointKinds', { role: ['measure', 'state', 'setting'] })
  return useMemo(() => {
    const label = (id: string, title: string | null = null): string => {
      const every = /^(circuit|meter)\./.exec(id)
      const name = every ? names.name({ id, title }) : names.full({ id, title })
      return every ? t(`alarms.rules.every.${every[1] as 'circuit' | 'meter'}`, { name }) : name
    }
    const kinds = withEvery(data?.kinds ?? [])
    const choices = kinds
      .filter(({ is }) => is !== 'text')
      .map(({ id, title, is, devices, every, role }) => ({ id, title, label: label(id, title), unit: units[is], is, devices, every, role }))
      .sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label))
    const byId = new Map(choices.map((choice) => [choice.id, choice]))
    // What a meter measures also means it of the meters of controllers.
    const find = (id: string) => byId.get(id) ?? byId.get(`meter.${id}`)
    const quantity = (id: string): Quantity | null => find(id)?.is ?? null
    const number = (id: string | undefined) => {
      const is = id === undefined ? null : quantity(id)
      return { is, unit: is === null ? '' : units[is], decimals: is === null ? 1 : decimals[is] }
    }
    const name = (id: string) => find(id)?.label ?? label(id)
    return { choices, name, quantity, number, loading: data === undefined, error, retry: () => void refetch() }
  }, [data, error, names, refetch, t])
}

export type RulePoints = ReturnType<typeof useRulePoints>

/** What rules mostly look at stands first: every circuit, what is measured, then the rest. */
const rank = ({ every, role }: { every: boolean; role: string }) => (role === 'measure' ? 0 : role === 'state' ? 2 : 4) + (every ? 0 : 1)
