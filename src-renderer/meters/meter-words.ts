import { useTranslation } from 'react-i18next'
import type { Meter } from '#shared/meters/contract.ts'
import { decimals, units } from '#shared/units.ts'
import type { Shown } from '../value-face.ts'
import { useFormat } from '../words.ts'

type ValueName = keyof Meter['values'] & string

const quantities = {
  energy: 'energy',
  volume: 'volume',
  power: 'power',
  flow: 'flow',
  flowTemperature: 'temperature',
  returnTemperature: 'temperature',
} as const satisfies Record<ValueName, keyof typeof units>

export function shownAs(name: ValueName): Shown {
  const is = quantities[name]
  return { is, unit: units[is], decimals: decimals[is], values: null, off: null }
}

/** What is told of a meter, in the language of the screen. */
export function useMeterWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const medium = (key: string | null) => (key === null ? null : t(`meters.medium.${key as 'heatOutlet'}`, { defaultValue: key }))
  /** Such as "Kamstrup, heat" or what is known of it. */
  const kind = ({ identity, profileTitle, way }: Meter) =>
    [way === 'direct' ? profileTitle : identity.maker, medium(identity.medium)].filter(Boolean).join(' · ')
  const quantity = (key: string) => {
    const plain = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
    return t(`meters.quantity.${key as 'energy'}`, { defaultValue: plain.charAt(0).toUpperCase() + plain.slice(1) })
  }
  /** What somebody should know before trusting or asking the meter. */
  const note = ({ power, recognised }: Meter) => (power === 'battery' ? t('meters.power.battery') : recognised ? null : t('meters.unknown'))
  const title = ({ name, part }: Meter) => (part === '' ? name : t('meters.partOf', { name, number: part.replace(/^meter/, '') }))
  /** When the value was read, or is to be read. */
  const readAt = ({ nextRead }: Meter, at: number | null) => {
    if (nextRead !== null) return t('meters.nextRead', { time: format.dateTime(nextRead) })
    return at === null ? null : t('meters.readAt', { time: format.dateTime(at) })
  }
  return { medium, kind, note, quantity, title, readAt }
}
