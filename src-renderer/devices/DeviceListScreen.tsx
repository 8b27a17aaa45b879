import { useMemo } from 'react'
import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBuildingEstate, IconPlugConnected, IconZoomQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useOpenByDevice } from '../alarm-marks/by-device.ts'
import { AlarmSummary } from '../alarm-marks/AlarmSummary.tsx'
import { useActor, useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { DeviceCard } from './DeviceCard.tsx'
import { DeviceTable } from './DeviceTable.tsx'
import { narrow, sortOf, stateFilter, type Sort } from './list.ts'
import { StateFilterBar } from './StateFilterBar.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'

/** All devices with what they say now; narrowed by words and by state of contact. */
export function DeviceListScreen() {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('devices.list', {})
  const open = useOpenByDevice()
  const { may } = useActor()
  const tell = useFailureText()
  const format = useFormat()
  const [address, change] = useAddress()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const text = address['q'] ?? ''
  const state = stateFilter(address['state'])
  const sort = sortOf(address['sort'])
  const order = address['order'] === 'descending' ? 'descending' : 'ascending'
  const { shown, counts } = useMemo(
    () => narrow(data ?? [], text, state, sort, order, format.locale),
    [data, text, state, sort, order, format.locale],
  )
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={10} height={44} />
  if (data.length === 0) {
    return (
      <Empty icon={IconBuildingEstate} title={t('devices.none.title')} hint={t('devices.none.hint')}>
        <Button component={Link} to="/">
          {t('devices.none.action')}
        </Button>
      </Empty>
    )
  }
  const onSort = (by: Sort) =>
    change({ sort: by === 'name' ? undefined : by, order: by === sort && order === 'ascending' ? 'descending' : undefined })
  return (
    <>
      <PageTop title={t('devices.title')} note={t('devices.count', { count: shown.length, total: data.length })}>
        {may('full') && !phone && (
          <Button component={Link} to="/connect" variant="default" leftSection={<IconPlugConnected size={16} stroke={1.6} />}>
            {t('connect.title')}
          </Button>
        )}
      </PageTop>
      <AlarmSummary />
      <Group mb="sm" gap="sm">
        <SearchField
          label={t('devices.filter')}
          value={text}
          onChange={(q) => change({ q: q || undefined })}
          width={phone ? '100%' : 280}
        />
        <StateFilterBar value={state} counts={counts} onChange={(next) => change({ state: next === 'all' ? undefined : next })} />
      </Group>
      {shown.length === 0 ? (
        <Empty icon={IconZoomQuestion} title={t('devices.noMatch.title')} hint={t('devices.noMatch.hint')}>
          <Button variant="default" onClick={() => change({ q: undefined, state: undefined })}>
            {t('devices.noMatch.action')}
          </Button>
        </Empty>
      ) : phone ? (
        <WindowRows
          items={shown}
          height={138}
          keyOf={(device) => device.id}
          row={(device) => <DeviceCard device={device} open={open.get(device.id)} />}
        />
      ) : (
        <DeviceTable devices={shown} open={open} sort={sort} order={order} onSort={onSort} />
      )}
    </>
  )
}
