import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { useActor } from '../host.ts'
import { PointName } from '../ui/PointName.tsx'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { isWritable, type Writable } from './setting-draft.ts'
import { revertOf } from './revert.ts'
import { useSettingText } from './setting-text.ts'
import type { Change, SettingWrite } from './setting-writes.ts'
import { LastChange, WriteState, type SettingChange } from './WriteState.tsx'
import classes from './ValuesTab.module.css'
import own from './SettingRow.module.css'

type SettingRowProps = {
  point: PointInfo
  name: string
  reading: Reading | undefined
  inside: boolean
  write: SettingWrite | undefined
  last: SettingChange | undefined
  /** The next write of today is one that a person confirms. */
  often: boolean
  onOpen: (point: Writable, from: HTMLElement, preset?: number) => void
  onSend: (change: Change) => void
  onAcknowledge: (point: string) => void
}

/** One setting: its value as read, a button to change it for whoever may, and what became of the last change. */
export function SettingRow({ point, name, reading, inside, write, last, often, onOpen, onSend, onAcknowledge }: SettingRowProps) {
  const { t } = useTranslation()
  const named = useLookup('values')
  const format = useFormat()
  const { may } = useActor()
  const words = { off: t('value.off'), name: named }
  // Read once on purpose, so its age is told at the head of the page and not beside each value.
  const shown = face(point, reading, reading?.at ?? 0, format, words)
  const range =
    point.write && point.values === null
      ? rangeText(point, point.write, (value) => valueText(point, value, format, words).text, words.off)
      : null
  const text = useSettingText()
  const facts = [
    point.factory === null ? null : t('settings.factory', { value: text(point, point.factory) }),
    point.write ? t(`role.${point.write.level}`) : null,
  ].filter((fact) => fact !== null)
  const back = revertOf(point, reading, last)
  const value = <Value face={shown} age={null} />
  const reason = whyNot()
  return (
    <>
      <tr data-point={point.id} data-inside={inside || undefined}>
        <td>
          <PointName name={name} unverified={point.unverified} />
          <span className={classes['below']}>{[range, ...facts].filter(Boolean).join(' · ')}</span>
          {last && <LastChange point={point} last={last} />}
          {back && may(back.point.write.level) && write?.state !== 'pending' && (
            <UnstyledButton
              className={own['revert']}
              onClick={(event) => {
                const { warn } = back.point.write
                if (warn.length > 0 || often) onOpen(back.point, event.currentTarget, back.value)
                else onSend({ point, value: back.value, expect: back.expect, confirm: false })
              }}
            >
              {t('write.revert', { value: text(point, back.value) })}
            </UnstyledButton>
          )}
        </td>
        <td className={classes['number']}>
          {isWritable(point) && may(point.write.level) ? (
            <UnstyledButton
              className={own['open']}
              aria-label={t('write.open', { name })}
              aria-disabled={write?.state === 'pending'}
              onClick={(event) => {
                if (write?.state !== 'pending') onOpen(point, event.currentTarget)
              }}
            >
              {value}
            </UnstyledButton>
          ) : (
            <span title={reason}>{value}</span>
          )}
        </td>
        <td className={classes['range']}>
          {range}
          {facts.length > 0 && <span className={own['facts']}>{facts.join(' · ')}</span>}
        </td>
        <td className={classes['register']}>{point.number}</td>
      </tr>
      {write && (
        <tr className={own['state']}>
          <td colSpan={4}>
            <WriteState point={point} write={write} last={last} onAcknowledge={() => onAcknowledge(point.id)} />
          </td>
        </tr>
      )}
    </>
  )

  function whyNot(): string | undefined {
    if (!point.write || !isWritable(point)) return t('write.barred')
    return may(point.write.level) ? undefined : t('write.role', { role: t(`role.${point.write.level}`) })
  }
}

/** The range of a setting; OFF is told where it lies outside. */
function rangeText(point: PointInfo, { min, max }: { min: number; max: number }, text: (value: number) => string, off: string): string {
  const outside = point.off !== null && (point.off < min || point.off > max)
  const first = point.off === min ? off : text(min)
  const whole = (words: string) => words.replaceAll(' ', '\u00a0')
  return `${outside ? `${off}, ` : ''}${whole(`${first} –`)} ${whole(text(max))}`
}
