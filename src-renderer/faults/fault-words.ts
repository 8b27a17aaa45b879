import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { faultRow, type FaultKind } from '#shared/simulator/faults.ts'
import { useFormat } from '../words.ts'

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

/** Kinds of faults and their parameters in words. */
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
      /** How such a fault shows itself. */
      text: (kind: FaultKind) => t(`town.fault.kind.${kind}.text`),
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
