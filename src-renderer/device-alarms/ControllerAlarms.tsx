import { useMemo } from 'react'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDevice } from '../device-context.ts'
import { AlarmRows } from '../devices/AlarmRows.tsx'
import { useDayLines } from '../devices/day-lines.ts'
import { useNow, useReadings } from '../host.ts'
import { Panel } from '../ui/Panel.tsx'
import { alarmBits } from './points.ts'
import classes from './Device.module.css'

/** What the controller itself calls an alarm now. */
export function ControllerAlarms() {
  const { t } = useTranslation()
  const device = useDevice()
  const now = useNow()
  const bits = useMemo(() => alarmBits(device.points), [device.points])
  const reading = useReadings(bits.map(({ series }) => series))
  const lines = useDayLines(bits)
  return (
    <Panel title={t('alarms.device.bits.title')} flush>
      {bits.length === 0 ? (
        <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
          {t('alarms.device.bits.none')}
        </Text>
      ) : (
        <AlarmRows points={bits} reading={reading} lines={lines} now={now} />
      )}
    </Panel>
  )
}
