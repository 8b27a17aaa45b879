import { useTranslation } from 'react-i18next'
import type { ConsumptionLine } from '#shared/energy/contract.ts'
import { useFormat } from '../words.ts'
import { decimalsOf, unitOf } from './consumption-address.ts'

type Whole = ConsumptionLine['total']

/** What somebody should know of a figure before relying on it, in words. */
export function useMarks(): (total: Whole, quantity: ConsumptionLine['quantity'], greyBelow: number) => string[] {
  const { t } = useTranslation()
  const format = useFormat()
  return (total, quantity, greyBelow) => {
    const amount = `${format.number(total.interpolated, decimalsOf[quantity])} ${unitOf[quantity]}`
    const least = 10 ** -decimalsOf[quantity] / 2
    return [
      total.valid < greyBelow ? t('energy.mark.grey') : null,
      total.complete ? null : t('energy.mark.partial'),
      total.interpolated > least ? t('energy.mark.interpolated', { value: amount }) : null,
      total.exchanges > 0 ? t('energy.mark.exchange') : null,
      total.resets > 0 ? t('energy.mark.reset') : null,
      total.stray > 0 ? t('energy.mark.stray', { count: total.stray }) : null,
    ].filter((one) => one !== null)
  }
}
