import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import type { OpenByDevice } from '../alarm-marks/by-device.ts'
import type { Order } from '../order.ts'
import { SortButton } from '../ui/SortButton.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { DeviceRow } from './DeviceRow.tsx'
import { keyColumns } from './key-columns.ts'
import type { Sort } from './list.ts'
import classes from './DeviceTable.module.css'

type DeviceTableProps = { devices: readonly Device[]; open: OpenByDevice; sort: Sort; order: Order; onSort: (sort: Sort) => void }

const rowHeight = 54

/** The device list of a wide screen. */
export function DeviceTable({ devices, open, sort, order, onSort }: DeviceTableProps) {
  const { t } = useTranslation()
  const heading = (by: Sort, label: string) => (
    <div role="columnheader" aria-sort={sort === by ? order : 'none'}>
      <SortButton label={label} order={sort === by ? order : null} onClick={() => onSort(by)} />
    </div>
  )
  return (
    <div role="table" aria-label={t('devices.title')} aria-rowcount={devices.length + 1} className={classes['table']}>
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']}>
          {heading('contact', t('devices.column.contact'))}
          {heading('name', t('devices.column.name'))}
          {heading('application', t('devices.column.application'))}
          {keyColumns.map((column) => (
            <div key={column} role="columnheader" className={classes['number']}>
              {t(`devices.column.${column}`)}
            </div>
          ))}
          {heading('age', t('devices.column.age'))}
        </div>
      </div>
      <WindowRows
        role="rowgroup"
        items={devices}
        height={rowHeight}
        keyOf={(device) => device.id}
        row={(device, index) => <DeviceRow device={device} open={open.get(device.id)} index={index + 2} />}
      />
    </div>
  )
}
