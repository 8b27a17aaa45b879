import { useTranslation } from 'react-i18next'
import type { Address } from '#shared/acquisition/port.ts'
import { wayOf } from '#shared/acquisition/address.ts'
import { isSerial, serialText } from '#shared/devices/way.ts'

/** How a line is called: the way, and where it leads. */
export function useLineName(): (address: Address) => string {
  const { t } = useTranslation()
  return (address) => {
    const way = wayOf(address)
    const where = isSerial(way) ? `${address.host} · ${serialText(way, address.serial)}` : `${address.host}:${address.port}`
    return `${t(`way.${way}`)} · ${where}`
  }
}
