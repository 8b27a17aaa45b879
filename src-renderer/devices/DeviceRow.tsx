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
import classes from './DeviceTable.module.css'

/** One device of the list; watches its key points while it is on screen. */
export function DeviceRow({ device, open, index }: { device: Device; open: OpenOf | undefined; index: number }) {
  const format = useFormat()
  const { columns, now, lastAnswer } = useKeyReadings(device)
  const { identity } = device
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={`${classes['row']} ${classes['body']}`}
      data-state={device.contact.state}
      data-device={device.id}
    >
      <div role="cell">
        <ContactText state={device.contact.state} />
      </div>
      <div role="cell" className={classes['two']}>
        <span className={classes['name']}>
          <DeviceLink id={device.id} className={classes['link']}>
            {device.name}
          </DeviceLink>
          {device.simulated && <SimulatedMark />}
          {open && <DeviceAlarmMark device={device.id} open={open} />}
        </span>
        <span className={classes['quiet']} title={device.place}>
          {device.place}
        </span>
      </div>
      <div role="cell" className={classes['two']}>
        <span>{identity.application ?? '–'}</span>
        <span className={classes['quiet']} title={identity.model}>
          {identity.model}
        </span>
      </div>
      {keyColumns.map((column) => (
        <div key={column} role="cell" className={classes['number']} data-key={column}>
          <KeyValue shown={columns[column]} reference={column === 'flow' ? columns.reference : undefined} now={now} />
        </div>
      ))}
      <div role="cell" className={classes['quiet']}>
        {lastAnswer === null ? '–' : format.span(now - lastAnswer)}
      </div>
    </div>
  )
}
