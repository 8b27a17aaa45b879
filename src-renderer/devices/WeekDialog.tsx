import { useState, type SyntheticEvent } from 'react'
import { Alert, Button, Checkbox, Chip, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dayFault, dayMinutes, moves, valueOfMinutes, weekdays, type Period, type Weekday } from './schedule.ts'
import type { Change } from './setting-writes.ts'
import { dayCells, type WeekCell } from './week-cells.ts'
import { WeekPeriod } from './WeekPeriod.tsx'
import { countOf, type WriteCounts } from './write-counts.ts'

type WeekDialogProps = {
  day: Weekday
  cells: readonly WeekCell[]
  counts: WriteCounts | undefined
  onSend: (changes: Change[]) => void
  onClose: () => void
}

/** The periods of a day, for it and for the days that shall be like it. Each register that changes is written on its own. */
export function WeekDialog({ day, cells, counts, onSend, onClose }: WeekDialogProps) {
  const { t } = useTranslation()
  const [periods, setPeriods] = useState(() => periodsOf(dayCells(cells, day)))
  const [days, setDays] = useState<string[]>([day])
  const [confirmed, setConfirmed] = useState(false)
  const fault = dayFault(periods)
  const changed = weekdays.filter((one) => days.includes(one)).flatMap((one) => movesOf(dayCells(cells, one), periods))
  const often = changed.some(({ point }) => countOf(counts, point.id).often)
  const unverified = changed.some(({ point }) => point.unverified)
  const warns = [...(unverified ? (['unverified'] as const) : []), ...(often ? (['oftenDay'] as const) : [])]
  const ready = fault === null && changed.length > 0 && (warns.length === 0 || confirmed)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!ready) return
    onSend(
      changed.map(({ point, from, to }) => ({
        point,
        value: valueOfMinutes(point, to),
        expect: valueOfMinutes(point, from),
        confirm: confirmed,
      })),
    )
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('week.title', { day: t(`settings.day.${day}`) })} centered transitionProps={{ duration: 0 }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {periods.map((period, i) => (
            <WeekPeriod
              key={i}
              number={i + 1}
              period={period}
              onChange={(next) => setPeriods(periods.map((one, at) => (at === i ? next : one)))}
            />
          ))}
          {fault && (
            <Text size="sm" c="abnormal" role="alert">
              {t(`week.${fault}`)}
            </Text>
          )}
          <Stack gap={6}>
            <Text size="sm">{t('week.days')}</Text>
            <Chip.Group multiple value={days} onChange={setDays}>
              <Group gap={6}>
                {weekdays.map((one) => (
                  <Chip key={one} value={one} size="xs" variant="outline" disabled={one === day}>
                    {t(`settings.day.${one}`)}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Stack>
          {warns.map((warn) => (
            <Alert key={warn} color="caution" variant="light" icon={<IconAlertTriangle size={18} stroke={1.8} />}>
              {t(`write.warn.${warn}`)}
            </Alert>
          ))}
          {warns.length > 0 && (
            <Checkbox label={t('write.confirm')} checked={confirmed} onChange={(event) => setConfirmed(event.currentTarget.checked)} />
          )}
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {t('week.writes', { count: changed.length })}
            </Text>
            <Group>
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" disabled={!ready}>
                {t('write.send')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function periodsOf(cells: readonly WeekCell[]): Period[] {
  const numbers = [...new Set(cells.map(({ period }) => period))]
  const edge = (period: number, which: 'start' | 'stop') =>
    cells.find((cell) => cell.period === period && cell.edge === which)?.minutes ?? dayMinutes
  return numbers.map((period) => ({ start: edge(period, 'start'), stop: edge(period, 'stop') }))
}

/** What was not read cannot be compared, and so is not written. */
function movesOf(cells: readonly WeekCell[], periods: readonly Period[]) {
  return moves(
    cells.flatMap(({ point, minutes, period, edge }) => {
      const to = periods[period - 1]?.[edge]
      return minutes === null || to === undefined ? [] : [{ point, from: minutes, to }]
    }),
  )
}
