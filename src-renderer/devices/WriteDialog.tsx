import { useState, type SyntheticEvent } from 'react'
import { Alert, Button, Checkbox, Group, Modal, Stack, Switch, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Facts } from '../ui/Facts.tsx'
import { useFailureText } from '../words.ts'
import { editorOf, enteredOf, valueOf, type Writable } from './setting-draft.ts'
import { useSettingText } from './setting-text.ts'
import type { Change } from './setting-writes.ts'
import { countOf, type WriteCounts } from './write-counts.ts'
import { WriteField } from './WriteField.tsx'

type WriteDialogProps = {
  device: string
  point: Writable
  name: string
  /** The value that is proposed; the present one when null. */
  preset: number | null
  counts: WriteCounts | undefined
  onSend: (change: Change) => void
  onClose: () => void
}

/** One setting: what it is now, what it shall be, what that affects. It is sent once, when the person says so. */
export function WriteDialog({ device, point, name, preset, counts, onSend, onClose }: WriteDialogProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const text = useSettingText()
  const { data, error, isFetching, refetch } = useCall('devices.readSettings', { id: device, points: [point.id] }, { onOpen: true })
  const editor = editorOf(point)
  const [touched, setTouched] = useState<{ entered: number | '' } | null>(() =>
    preset === null || isOffValue(point, preset) ? null : { entered: enteredOf(point, editor, preset) },
  )
  const [off, setOff] = useState<boolean | null>(() => (preset === null ? null : isOffValue(point, preset)))
  const [confirmed, setConfirmed] = useState(false)
  const count = countOf(counts, point.id)
  // An answer of an earlier opening is no present value.
  const present = isFetching || error ? undefined : data?.[0]
  const answered = present?.quality === 'good' || present?.quality === 'fault' ? present : undefined
  const isOff = off ?? (point.off !== null && answered?.value === point.off)
  const shown = answered?.value === undefined || answered.value === null || isOffValue(point, answered.value) ? '' : answered.value
  const entered = touched ? touched.entered : shown === '' ? shown : enteredOf(point, editor, shown)
  const draft = isOff && point.off !== null ? { value: point.off } : valueOf(point, editor, entered)
  const { min, max, step } = point.write
  const warn = [...point.write.warn, ...(count.often ? (['often'] as const) : [])]
  const faultText = () => {
    if (!touched || 'value' in draft || draft.fault === 'empty') return null
    if (draft.fault === 'step') return t('write.steps', { step: text(point, step) })
    return t('write.outOfRange', { min: text(point, min), max: text(point, max) })
  }
  const changes = answered !== undefined && 'value' in draft && draft.value !== answered.value
  const ready = changes && (warn.length === 0 || confirmed)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!ready || !('value' in draft)) return
    onSend({ point, value: draft.value, expect: answered.value, confirm: confirmed })
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('write.title')} centered transitionProps={{ duration: 0 }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <Text fw={600}>{name}</Text>
            <Text size="sm" c="dimmed">
              {t('write.number', { number: point.number })}
            </Text>
          </div>
          <Facts
            rows={[
              [t('write.present'), answered ? text(point, answered.value) : isFetching ? t('write.reading') : '–'],
              [t('write.counted'), t('write.counts', { today: count.today, total: count.total })],
              ...(answered && changes ? [[t('write.new'), text(point, draft.value)] as [string, string]] : []),
            ]}
          />
          {error && !isFetching && <Failed told={tell(error)} onRetry={() => void refetch()} />}
          {present && !answered && <Text role="alert">{t('write.noContact')}</Text>}
          <WriteField
            point={point}
            editor={editor}
            entered={isOff ? '' : entered}
            disabled={isOff}
            fault={faultText()}
            onChange={(next) => setTouched({ entered: next })}
          />
          {point.off !== null && (
            <Switch label={t('write.off')} checked={isOff} onChange={(event) => setOff(event.currentTarget.checked)} />
          )}
          {warn.map((key) => (
            <Alert key={key} color="caution" variant="light" icon={<IconAlertTriangle size={18} stroke={1.8} />}>
              {key === 'often' ? t('write.warn.often', { today: count.today }) : t(`write.warn.${key}`)}
            </Alert>
          ))}
          {warn.length > 0 && (
            <Checkbox label={t('write.confirm')} checked={confirmed} onChange={(event) => setConfirmed(event.currentTarget.checked)} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!ready}>
              {t('write.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const isOffValue = (point: Writable, value: number) => point.off !== null && value === point.off
