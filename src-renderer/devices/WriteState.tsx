import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { PointInfo } from '#shared/devices/contract.ts'
import { Failure } from '#shared/failures.ts'
import { useFailureText, useFormat } from '../words.ts'
import { useSettingText } from './setting-text.ts'
import type { SettingWrite } from './setting-writes.ts'
import classes from './SettingRow.module.css'

export type SettingChange = CallOutput<'audit.settingChanges'>[number]
type WriteStateProps = { point: PointInfo; write: SettingWrite; last: SettingChange | undefined; onAcknowledge: () => void }

/** What became of a change, below its setting, until the person has seen it. */
export function WriteState({ point, write, last, onAcknowledge }: WriteStateProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const text = useSettingText()
  const to = text(point, write.to)
  const state = write.state === 'ended' ? write.result.outcome : write.state
  const words = () => {
    if (write.state === 'pending') return t('write.state.pending', { to })
    if (write.state === 'failed') return failureWords(write.error)
    const { outcome, found, foundAt, code } = write.result
    if (outcome === 'refused') return t('write.state.refused', { to, code: code ?? '–' })
    // What the log has learnt meanwhile of a change whose end nobody saw.
    const later = outcome === 'unknown' && foundAt === null && last && last.outcome === 'unknown' && last.to === write.to ? last : null
    const seenAt = foundAt ?? later?.foundAt ?? null
    if (seenAt === null) return t('write.state.unknown', { to })
    const seen = { to, found: text(point, later ? later.found : found), time: format.timeSeconds(seenAt) }
    return outcome === 'unknown' ? t('write.state.unknownFound', seen) : t(`write.state.${outcome}`, seen)
  }
  const failureWords = (error: unknown) => {
    const found = error instanceof Failure && error.code === 'write.conflict' ? Number(error.params['found']) : Number.NaN
    const told = tell(Number.isNaN(found) ? error : new Failure('write.conflict', { found: text(point, found) }))
    return [told.title, told.hint].filter(Boolean).join(' ')
  }
  return (
    <div className={classes['told']} data-state={state} role={state === 'pending' || state === 'done' ? 'status' : 'alert'}>
      <span>{words()}</span>
      {write.state === 'pending' ? (
        <Loader size={16} aria-hidden />
      ) : (
        <Button size="compact-xs" variant="default" onClick={onAcknowledge}>
          {t('write.acknowledge')}
        </Button>
      )}
    </div>
  )
}

/** Who changed a setting last, when, and from what to what. */
export function LastChange({ point, last }: { point: PointInfo; last: SettingChange }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useSettingText()
  const words = {
    actor: last.actor,
    when: format.dateTime(last.at),
    from: text(point, last.from),
    to: text(point, last.to),
    found: text(point, last.found),
  }
  return <span className={classes['last']}>{t(`write.last.${last.outcome ?? 'unknown'}`, words)}</span>
}
