import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeterConsumption } from '#shared/meters/contract.ts'
import { useFormat } from '../words.ts'

type UsedProps = { used: MeterConsumption | undefined; period: 'today' | 'yesterday' | 'month' }

/** What was used in a period. A figure that is not whole says so. */
export function Used({ used, period }: UsedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const part = used?.[period]
  if (!used || !part || part.value === null) return <span aria-hidden>–</span>
  const unit = used.quantity === 'energy' ? 'kWh' : 'm³'
  const text = `${format.number(part.value, used.quantity === 'energy' ? 0 : 2)} ${unit}`
  if (part.complete) return <span>{text}</span>
  const from = part.from === null ? '' : format.dateTime(part.from)
  const to = part.to === null ? '' : format.dateTime(part.to)
  return (
    <Tooltip
      label={t(part.resets > 0 || part.exchanges > 0 ? 'meters.used.unknown' : 'meters.used.partly', { from, to })}
      multiline
      maw={280}
    >
      <span tabIndex={0}>≥ {text}</span>
    </Tooltip>
  )
}
