import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/energy/contract.ts'
import { statusWords } from '#shared/meters/telegram-view.ts'
import { useFormat } from '../words.ts'

/** Bits of the status byte beyond the two of the application. */
const bits = [
  [0x04, 'powerLow'],
  [0x08, 'permanentError'],
  [0x10, 'temporaryError'],
  [0xe0, 'maker'],
] as const satisfies [number, (typeof statusWords)[number]][]
const application = [null, 'busy', 'applicationError', 'abnormal'] as const satisfies ((typeof statusWords)[number] | null)[]

/** What the status byte of a meter says, by the names in the locales. */
export function statusOf(byte: number): (typeof statusWords)[number][] {
  const first = application[byte & 3]
  return [...(first ? [first] : []), ...bits.flatMap(([mask, word]) => ((byte & mask) === 0 ? [] : [word]))]
}

/** Decimals in which a figure is shown, by its unit. */
const decimals: Record<string, number> = { '°C': 1, K: 1, kW: 1, '%': 1, 'm³': 2, 'm³/h': 3, h: 1, kWh: 0 }

/** A finding in the language of the screen. */
export function useFindingWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const title = ({ rule }: Finding) => t(`energy.rule.${rule}.title`)
  const means = ({ rule }: Finding) => t(`energy.rule.${rule}.means`)
  const todo = ({ rule }: Finding) => t(`energy.rule.${rule}.todo`)
  const figures = (finding: Finding) =>
    finding.figures.map(({ name, value, unit }) => {
      const label = t(`energy.figure.${name as 'before'}`)
      if (name === 'status')
        return {
          label,
          text: statusOf(value)
            .map((word) => t(`meters.status.${word}`))
            .join(', '),
        }
      const digits = decimals[unit] ?? 0
      return { label, text: `${format.number(value, unit === 'h' && Number.isInteger(value) ? 0 : digits)} ${unit}`.trim() }
    })
  const when = ({ from, to }: Finding) =>
    from === to ? format.dateTime(from) : t('energy.warnings.from', { from: format.dateTime(from), to: format.dateTime(to) })
  const who = ({ devices }: Finding) => (devices.length > 3 ? t('energy.warnings.several', { count: devices.length }) : devices.join(', '))
  return { title, means, todo, figures, when, who }
}
