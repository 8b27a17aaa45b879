import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormulaReason } from '#shared/virtual/contract.ts'
import type { FormulaFault } from '#shared/virtual/fault.ts'
import { usePointNames } from '../point-names.ts'

/** Every word that one of the sentences needs. */
const noWords = { most: '', sign: '', found: '', name: '', needed: '', point: '', tag: '', left: '', right: '', wanted: '', ring: '' }

/** Sentences about formulas. */
export function useFormulaWords() {
  const { t } = useTranslation()
  const names = usePointNames()
  return useMemo(
    () => ({
      /** What is wrong with a formula. */
      fault: ({ code, params }: Pick<FormulaFault, 'code' | 'params'>) => t(`virtual.fault.${code}`, { ...noWords, ...params }),
      /** Why there is no value, or why it is worth less. */
      reason: ({ code, deviceName, point, title, have, of }: FormulaReason) => {
        const input = deviceName === null || point === null ? '' : `${deviceName}: ${names.full({ id: point, title })}`
        return t(`virtual.reason.${code}`, { input, have, of })
      },
    }),
    [t, names],
  )
}
