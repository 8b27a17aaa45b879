import { useTranslation } from 'react-i18next'
import type { Connection } from '#shared/acquisition/contract.ts'
import { wayOf } from '#shared/acquisition/address.ts'
import { useNow } from '../host.ts'
import { useLineName } from './line-name.ts'
import { tellCode, useFormat, useLookup } from '../words.ts'

/** The figures of one connection as words. A figure that does not exist yet is a dash. */
export function useConnectionWords(connection: Connection) {
  const { t } = useTranslation()
  const format = useFormat()
  const lookup = useLookup('failures')
  const now = useNow()
  const { contact, address, answerMs, answerMsWorst, cycleMs, lastSlot, nextTry } = connection
  const nameOf = useLineName()
  const unit = address.member ?? t('communication.unit', { unit: address.unit })
  const time = (ms: number | null) => (ms === null ? '–' : format.milliseconds(ms))
  return {
    since: t('contact.since', { span: format.span(now - contact.since) }),
    failure: contact.failure && contact.state !== 'online' ? tellCode(contact.failure.code, contact.failure.params, lookup, t).title : null,
    // What nearly all devices have is left out, so that the unit is seen.
    address: `${wayOf(address) === 'modbus-tcp' ? `${address.host}:${address.port}` : nameOf(address)} · ${unit}`,
    unit,
    answer: time(answerMs),
    answerWorst: answerMsWorst === null ? '' : t('communication.worst', { time: format.milliseconds(answerMsWorst) }),
    cycle: time(cycleMs),
    slot: lastSlot === null ? '–' : format.time(lastSlot),
    next: nextTry === null ? null : format.span(Math.max(0, nextTry - now)),
  }
}
