import type { Meter } from '#shared/meters/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { useTranslation } from 'react-i18next'
import { Value } from '../ui/Value.tsx'
import { face } from '../value-face.ts'
import { useFormat } from '../words.ts'
import { shownAs } from './meter-words.ts'

type MeterValueProps = { meter: Meter; name: keyof Meter['values'] & string; reading: Reading | undefined; now: number }

/** Stored every quarter hour; a meter that is spared keeps its value for as long as it rests. */
const staleMs = 31 * 60_000

/** One value of a meter, or a dash where it has no such value. */
export function MeterValue({ meter, name, reading, now }: MeterValueProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (meter.values[name] === undefined) return <span aria-hidden>–</span>
  const shown = face(shownAs(name), reading, now, format, { off: '', name: () => '' }, staleMs + meter.restMs)
  return <Value face={shown} age={shown.age === null ? null : t('meters.ago', { span: format.span(shown.age) })} compact />
}
