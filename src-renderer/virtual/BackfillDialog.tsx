import { useMemo, useState, type SyntheticEvent } from 'react'
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addDays, addMonths, createCalendar, isDate } from '#shared/calendar.ts'
import type { Formula } from '#shared/virtual/contract.ts'
import { useAction, useCall, useHost } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './Virtual.module.css'

type BackfillDialogProps = { formula: Pick<Formula, 'id' | 'name'>; onClose: () => void }

/** From which day to which a point is calculated back; both days are included. */
export function BackfillDialog({ formula, onClose }: BackfillDialogProps) {
  const { t } = useTranslation()
  const host = useHost()
  const tell = useFailureText()
  const { timeZone } = useFormat()
  const calendar = useMemo(() => createCalendar(timeZone), [timeZone])
  const today = calendar.dateAt(host.now())
  const history = useCall('history.status', {})
  const [from, setFrom] = useState(() => addMonths(today, -1))
  const [to, setTo] = useState(today)
  const [replace, setReplace] = useState(false)
  const begin = useAction('virtual.backfill')
  const first = history.data?.first
  const right = isDate(from) && isDate(to) && from <= to
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!right) return
    const range = { from: calendar.startOf(from), to: calendar.startOf(addDays(to, 1)) }
    begin.mutate({ id: formula.id, ...range, replace }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('virtual.fill.of', { name: formula.name })} centered transitionProps={{ duration: 0 }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('virtual.fill.hint')}</Text>
          <div className={classes['dates']}>
            <TextInput
              type="date"
              label={t('virtual.fill.from')}
              value={from}
              max={today}
              onChange={({ currentTarget }) => setFrom(currentTarget.value)}
              data-autofocus
            />
            <TextInput
              type="date"
              label={t('virtual.fill.to')}
              value={to}
              max={today}
              error={from !== '' && to !== '' && !right && t('virtual.fill.order')}
              onChange={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </div>
          {first !== undefined && first !== null && (
            <Button size="compact-sm" variant="subtle" onClick={() => setFrom(calendar.dateAt(first))}>
              {t('virtual.fill.all')}
            </Button>
          )}
          <Checkbox
            label={t('virtual.fill.replace')}
            description={t('virtual.fill.replaceHint')}
            checked={replace}
            onChange={({ currentTarget }) => setReplace(currentTarget.checked)}
          />
          {begin.error && <Failed told={tell(begin.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!right} loading={begin.isPending}>
              {t('virtual.fill.begin')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
