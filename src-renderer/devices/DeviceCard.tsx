import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import type { OpenOf } from '../alarm-marks/by-device.ts'
import { DeviceAlarmMark } from '../alarm-marks/DeviceAlarmMark.tsx'
import { ContactText } from '../ui/ContactText.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { SimulatedMark } from '../ui/SimulatedMark.tsx'
import { useFormat } from '../words.ts'
import { KeyValue } from './KeyValue.tsx'
import { keyColumns } from './key-columns.ts'
import { useKeyReadings } from './key-readings.ts'
import classes from './DeviceCard.module.css'

/** One device on a phone. */
export function DeviceCard({ device, open }: { device: Device; open: OpenOf | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { columns, now, lastAnswer } = useKeyReadings(device)
  return (
    <article className={classes['card']} data-state={device.contact.state} data-device={device.id}>
      <div className={classes['top']}>
        <DeviceLink id={device.id} className={classes['link']}>
          {device.name}
        </DeviceLink>
        {device.simulated && <SimulatedMark />}
        {open && <DeviceAlarmMark device={device.id} open={open} />}
        <span className={classes['application']}>{device.identity.application}</span>
      </div>
      <div className={classes['second']}>
        <ContactText state={device.contact.state} {...(lastAnswer === null ? {} : { note: format.span(now - lastAnswer) })} />
        <span className={classes['place']}>{device.place}</span>
      </div>
      <dl className={classes['values']}>
        {keyColumns.map((column) => (
          <div key={column}>
            <dt>{column === 'flow' ? t('devices.flow') : t(`devices.column.${column}`)}</dt>
            <dd data-key={column}>
              <KeyValue shown={columns[column]} reference={undefined} now={now} aged={false} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
