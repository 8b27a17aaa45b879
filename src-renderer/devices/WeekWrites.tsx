import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { useSettingWrites } from './setting-writes.ts'
import type { WeekCell } from './week-cells.ts'
import { WriteState, type SettingChange } from './WriteState.tsx'
import classes from './ValuesTab.module.css'

type WeekWritesProps = {
  cells: readonly WeekCell[]
  changes: ReadonlyMap<string, SettingChange>
  writing: ReturnType<typeof useSettingWrites>
}

/** What became of the changes of a week program: how many are confirmed, and each one that is not. */
export function WeekWrites({ cells, changes, writing }: WeekWritesProps) {
  const { t } = useTranslation()
  const written = cells.flatMap((cell) => {
    const write = writing.writes[cell.point.id]
    return write ? [{ ...cell, write }] : []
  })
  if (written.length === 0) return null
  const open = written.filter(({ write }) => !(write.state === 'ended' && write.result.outcome === 'done'))
  return (
    <Stack gap="xs" className={classes['note']}>
      <Text size="sm" role="status">
        {t('week.confirmed', { done: written.length - open.length, total: written.length })}
      </Text>
      {open.map(({ point, write, day, period, edge }) => (
        <div key={point.id}>
          <Text size="xs" c="dimmed">
            {`${t(`settings.day.${day}`)}, ${t('settings.comfortPeriod', { number: period })}, ${t(`week.${edge}`)}`}
          </Text>
          <WriteState point={point} write={write} last={changes.get(point.id)} onAcknowledge={() => writing.acknowledge(point.id)} />
        </div>
      ))}
      {open.length === 0 && (
        <Button
          size="compact-xs"
          variant="default"
          w="fit-content"
          onClick={() => {
            for (const { point } of written) writing.acknowledge(point.id)
          }}
        >
          {t('write.acknowledge')}
        </Button>
      )}
    </Stack>
  )
}
