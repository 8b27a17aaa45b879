import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { faultRow, type Fault, type FaultKind } from '#shared/simulator/faults.ts'
import { useFormat } from '../../words.ts'
import type { Town } from '../town.ts'
import { targetsFor } from './draft.ts'

/** Every name that a parameter of a fault has. */
const paramNames = [
  'opening',
  'transfer',
  'offset',
  'share',
  'gain',
  'flow',
  'from',
  'to',
  'energy',
  'at',
  'power',
  'drift',
  'drop',
] as const

/** Faults, their targets and parameters in words. */
export function useFaultWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const unit = (kind: FaultKind, name: string) => {
      const told = faultRow(kind).params[name]?.unit ?? ''
      return told === 'times' ? '×' : told === 's/day' ? t('town.fault.perDay') : told
    }
    const paramName = (name: string) => {
      const known = paramNames.find((one) => one === name)
      return known ? t(`town.fault.param.${known}`) : name
    }
    return {
      name: (kind: FaultKind) => t(`town.fault.kind.${kind}.name`),
      text: (kind: FaultKind) => t(`town.fault.kind.${kind}.text`),
      target: ({ kind, target }: Fault, town: Town) => targetsFor(kind, town).find(({ value }) => value === target)?.label ?? target,
      paramName,
      unit,
      param: (kind: FaultKind, name: string, value: number | undefined) => {
        if (value === undefined) return paramName(name)
        const decimals = [0, 1].find((one) => Math.abs(value - Number(value.toFixed(one))) < 1e-9) ?? 2
        return `${paramName(name)} ${format.number(value, decimals)} ${unit(kind, name)}`
      },
    }
  }, [t, format])
}
