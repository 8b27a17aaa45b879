import { useMemo } from 'react'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpenByDevice } from '../alarm-marks/by-device.ts'
import { DeviceAlarmMark } from '../alarm-marks/DeviceAlarmMark.tsx'
import type { Order } from '../order.ts'
import { SortButton } from '../ui/SortButton.tsx'
import { ReturnMark } from './ReturnMark.tsx'
import { rowsOf, sorts, type Sort } from './rows.ts'
import type { Picture, Town, TownStation } from './town.ts'
import { useTownWords } from './words.ts'
import classes from './Table.module.css'

type StationTableProps = {
  town: Town
  picture: Picture
  sort: Sort
  order: Order
  chosen: number
  open: OpenByDevice
  onSort: (sort: Sort) => void
  onChoose: (station: number) => void
}

const units: Record<Exclude<Sort, 'name' | 'zone'>, string> = {
  power: 'kW',
  flow: 'kg/s',
  supply: '°C',
  return: '°C',
  dp: 'bar',
  room: '°C',
}

/** The map in words: every station with its values. */
export function StationTable({ town, picture, sort, order, chosen, open, onSort, onChoose }: StationTableProps) {
  const { t } = useTranslation()
  const { plain } = useTownWords()
  const rows = useMemo(() => rowsOf(town, picture, sort, order), [town, picture, sort, order])
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <caption>{t('town.table.stations')}</caption>
        <thead>
          <tr>
            {sorts.map((by) => (
              <th key={by} scope="col" aria-sort={by === sort ? order : 'none'} data-column={by}>
                <SortButton label={t(`town.column.${by}`)} order={by === sort ? order : null} onClick={() => onSort(by)} />
                {by !== 'name' && by !== 'zone' && <small>{units[by]}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ index, station, now, zone, isStill }) => (
            <tr key={station.name} data-row={station.name} data-chosen={index === chosen || undefined}>
              <th scope="row">
                <UnstyledButton className={classes['name']} onClick={() => onChoose(index)}>
                  {station.name}
                </UnstyledButton>
                <StationAlarms station={station} open={open} />
                {station.place !== station.name && <small>{station.place}</small>}
              </th>
              <td data-column="zone">{zone || '–'}</td>
              <td>{plain(now.power, 1)}</td>
              <td data-column="flow">{plain(now.flow, 3)}</td>
              <td data-column="supply">{plain(now.supply, 1)}</td>
              <td>
                {isStill ? (
                  '–'
                ) : (
                  <>
                    <ReturnMark value={now.return} />
                    {plain(now.return, 1)}
                  </>
                )}
              </td>
              <td data-column="dp">{plain(now.dp, 2)}</td>
              <td data-column="room">{plain(now.room, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function StationAlarms({ station, open }: { station: TownStation; open: OpenByDevice }) {
  const found = station.device === null ? undefined : open.get(station.device)
  return station.device !== null && found ? <DeviceAlarmMark device={station.device} open={found} /> : null
}
