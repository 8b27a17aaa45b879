import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { useActor } from '../host.ts'
import { clockText, weekdays, type Weekday } from './schedule.ts'
import type { useSettingWrites } from './setting-writes.ts'
import { dayCells, weekCells } from './week-cells.ts'
import { WeekDialog } from './WeekDialog.tsx'
import { WeekWrites } from './WeekWrites.tsx'
import type { WriteCounts } from './write-counts.ts'
import type { SettingChange } from './WriteState.tsx'
import own from './SettingRow.module.css'
import classes from './ValuesTab.module.css'

type WeekProgramProps = {
  points: readonly PointInfo[]
  readings: ReadonlyMap<number, Reading>
  changes: ReadonlyMap<string, SettingChange>
  counts: WriteCounts | undefined
  writing: ReturnType<typeof useSettingWrites>
}

/** The comfort periods of a week: a day per line. A period that starts when it stops is not used. */
export function WeekProgram({ points, readings, changes, counts, writing }: WeekProgramProps) {
  const { t } = useTranslation()
  const { may } = useActor()
  const [opened, setOpened] = useState<Weekday | null>(null)
  const cells = weekCells(points, readings)
  if (cells.length === 0) return null
  const periods = [...new Set(cells.map(({ period }) => period))].sort((a, b) => a - b)
  const open = ({ point: { write }, minutes }: (typeof cells)[number]) => write?.barred === null && may(write.level) && minutes !== null
  const text = (day: Weekday, period: number) => {
    const [start, stop] = dayCells(cells, day).filter((cell) => cell.period === period)
    if (!start || !stop) return ''
    if (start.minutes !== null && start.minutes === stop.minutes) return '–'
    return [start, stop].map(({ minutes }) => (minutes === null ? '–' : clockText(minutes))).join('–')
  }
  return (
    <>
      {opened && (
        <WeekDialog
          day={opened}
          cells={cells}
          counts={counts}
          onSend={(list) => void writing.sendEach(list)}
          onClose={() => setOpened(null)}
        />
      )}
      <table className={`${classes['table']} ${classes['week']}`}>
        <thead>
          <tr>
            <th scope="col">{t('settings.week')}</th>
            {periods.map((period) => (
              <th key={period} scope="col">
                {t('settings.comfortPeriod', { number: period })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day) => (
            <tr key={day}>
              <td>
                {dayCells(cells, day).some(open) ? (
                  <UnstyledButton
                    className={own['open']}
                    aria-label={t('write.open', { name: t(`settings.day.${day}`) })}
                    onClick={() => setOpened(day)}
                  >
                    {t(`settings.day.${day}`)}
                  </UnstyledButton>
                ) : (
                  t(`settings.day.${day}`)
                )}
              </td>
              {periods.map((period) => (
                <td key={period} className={classes['clock']}>
                  {text(day, period)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <WeekWrites cells={cells} changes={changes} writing={writing} />
    </>
  )
}
