import { useState } from 'react'
import { ActionIcon, Button, Group, Popover, SegmentedControl, Stack, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import '@mantine/dates/styles.layer.css'
import type { Address } from '../address.ts'
import type { Calendar } from '#shared/calendar.ts'
import { useFormat } from '../words.ts'
import { periodKinds, stepped, type Period, type PeriodKind } from './period.ts'

type PeriodBarProps = { period: Period; calendar: Calendar; onChange: (words: Address) => void }

/** Which stretch of time is shown: kind, one step back or on, or an own one. */
export function PeriodBar({ period, calendar, onChange }: PeriodBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const narrow = useMediaQuery('(max-width: 30em)', undefined, { getInitialValueInEffect: false })
  const before = stepped(period, -1, calendar)
  const after = stepped(period, 1, calendar)
  const choose = (kind: PeriodKind) => {
    if (kind === 'own') onChange({ period: 'own', date: undefined, from: calendar.timeAt(period.from), to: calendar.timeAt(period.to) })
    else onChange({ period: kind === 'day' ? undefined : kind, from: undefined, to: undefined })
  }
  const end = period.to - 1
  const name =
    period.kind === 'own'
      ? `${format.dateTime(period.from)} – ${format.dateTime(period.to)}`
      : period.kind === 'day'
        ? format.date(period.from)
        : `${format.date(period.from)} – ${format.date(end)}`
  return (
    <Group gap="xs">
      <SegmentedControl
        value={period.kind}
        onChange={(kind) => choose(kind as PeriodKind)}
        data={periodKinds.map((kind) => ({ value: kind, label: t(`period.${kind}`) }))}
        size={narrow ? 'xs' : 'sm'}
        transitionDuration={0}
        aria-label={t('period.label')}
      />
      <Group gap={2}>
        <ActionIcon
          variant="subtle"
          size={34}
          aria-label={t('period.before')}
          disabled={before === null}
          onClick={() => before && onChange(before)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        {period.kind === 'own' ? (
          <OwnPeriod period={period} calendar={calendar} name={name} onChange={onChange} />
        ) : (
          <Text ta="center" miw={110} px={6} fw={500}>
            {name}
          </Text>
        )}
        <ActionIcon
          variant="subtle"
          size={34}
          aria-label={t('period.after')}
          disabled={after === null}
          onClick={() => after && onChange(after)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </Group>
      {!period.current && period.kind !== 'own' && (
        <Button variant="default" size="xs" onClick={() => onChange({ date: undefined })}>
          {t('period.now')}
        </Button>
      )}
    </Group>
  )
}

/** The two ends of an own period, in the local time of the installation. */
function OwnPeriod({ period, calendar, name, onChange }: PeriodBarProps & { name: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [from, setFrom] = useState<string | null>(calendar.timeAt(period.from))
  const [to, setTo] = useState<string | null>(calendar.timeAt(period.to))
  const toWord = (value: string | null) => value?.replace(' ', 'T').slice(0, 16)
  const [first, last] = [toWord(from), toWord(to)]
  const valid = first !== undefined && last !== undefined && first < last
  const apply = () => {
    if (!valid) return
    onChange({ period: 'own', date: undefined, from: first, to: last })
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus transitionProps={{ duration: 0 }} withinPortal>
      <Popover.Target>
        <Button variant="subtle" size="sm" fw={500} onClick={() => setOpened(!opened)}>
          {name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" w={280}>
          <DateTimePicker
            label={t('period.from')}
            value={from}
            onChange={setFrom}
            valueFormat="YYYY-MM-DD HH:mm"
            popoverProps={{ withinPortal: false }}
          />
          <DateTimePicker
            label={t('period.to')}
            value={to}
            onChange={setTo}
            valueFormat="YYYY-MM-DD HH:mm"
            popoverProps={{ withinPortal: false }}
            error={valid ? undefined : t('period.reversed')}
          />
          <Text size="xs" c="dimmed">
            {t('period.zone', { zone: calendar.timeZone })}
          </Text>
          <Button onClick={apply} disabled={!valid}>
            {t('period.apply')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
