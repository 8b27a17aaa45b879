import { useMemo, useState } from 'react'
import { Group, Text } from '@mantine/core'
import { IconTableOff, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDevice } from '../device-context.ts'
import { useNow, useReadings } from '../host.ts'
import { grouped, pointMatches, usePointNames } from '../point-names.ts'
import { Empty } from '../ui/Empty.tsx'
import { Panel } from '../ui/Panel.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { AlarmRows } from './AlarmRows.tsx'
import { ValueRows } from './ValueRows.tsx'
import { useDayLines } from './day-lines.ts'
import classes from './ValuesTab.module.css'

/** Everything the device measures, as it comes in. */
export function ValuesTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const names = usePointNames()
  const now = useNow()
  const [text, setText] = useState('')
  const live = useMemo(
    () => device.points.filter(({ role, served }) => served && (role === 'measure' || role === 'state')),
    [device.points],
  )
  const absent = device.points.filter(({ role, served }) => !served && (role === 'measure' || role === 'state')).length
  const groups = useMemo(
    () =>
      grouped(
        live.filter((point) => pointMatches(point, text, names)),
        names,
      ),
    [live, text, names],
  )
  const reading = useReadings(live.map((point) => point.series))
  const lines = useDayLines(live)
  if (live.length === 0) return <Empty icon={IconTableOff} title={t('values.none.title')} hint={t('values.none.hint')} />
  return (
    <>
      <Group mb="sm" justify="space-between">
        <SearchField label={t('values.filter')} value={text} onChange={setText} />
        <Text size="sm" c="dimmed">
          {t('values.count', { count: live.length })}
          {absent > 0 && ` · ${t('values.notServed', { count: absent })}`}
        </Text>
      </Group>
      {groups.length === 0 && <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />}
      <div className={classes['groups']}>
        {groups.map((group) => (
          <Panel key={group.key} title={group.title} flush>
            {group.key === 'alarms' && text === '' ? (
              <AlarmRows points={group.points} reading={reading} lines={lines} now={now} />
            ) : (
              <ValueRows points={group.points} reading={reading} lines={lines} now={now} spare={group.key === 'inputs'} />
            )}
          </Panel>
        ))}
      </div>
    </>
  )
}
