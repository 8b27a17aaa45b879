import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { Button, Switch } from '@mantine/core'
import { IconTableOptions, IconZoomQuestion } from '@tabler/icons-react'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useAddress, type Address } from '../address.ts'
import { useCall, useHost } from '../host.ts'
import { PresetMenu } from '../selection/PresetMenu.tsx'
import { addressOf, contentOf } from '../selection/preset-address.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText } from '../words.ts'
import { choiceOf, choiceWords, listWord } from './choice.ts'
import { ColumnPicker } from './ColumnPicker.tsx'
import { DevicePicker } from './DevicePicker.tsx'
import { Legend } from './Legend.tsx'
import { OverviewTable } from './OverviewTable.tsx'
import { SaveCsv } from './SaveCsv.tsx'
import { SparkStore } from './spark-store.ts'
import { SparkContext } from './sparks.ts'
import { useOverview } from './use-overview.ts'
import classes from './Overview.module.css'

/** Chosen points of many devices side by side, to see at a glance which one is not like the others. */
export function OverviewScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const choice = useMemo(() => choiceOf(address), [address])
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  // A phone has no room for the courses.
  const sparks = choice.sparks && !phone
  const { data: devices, error: lost, refetch: again } = useCall('devices.list', {})
  const { table, rows, columns, headings, error, refetch } = useOverview(devices, choice)
  const content = useMemo(() => {
    const { period: _day, ...kept } = contentOf({ ...address, points: listWord(columns) }, choiceWords)
    return kept
  }, [address, columns])
  if (!devices) return lost ? <Failed told={tell(lost)} onRetry={() => void again()} centred /> : <Loading rows={10} height={44} />
  if (devices.length === 0) {
    return (
      <Empty icon={IconTableOptions} title={t('devices.none.title')} hint={t('devices.none.hint')}>
        <ButtonLink to="/">{t('devices.none.action')}</ButtonLink>
      </Empty>
    )
  }
  const onSort = (column: string) => {
    const first = column === 'name' ? 'ascending' : 'descending'
    const turned = choice.order === 'descending' ? 'ascending' : 'descending'
    const order = column === choice.sort ? turned : first
    change({ sort: column === 'deviation' ? undefined : column, order: order === 'ascending' ? order : undefined })
  }
  const anyDevice: Address = { devices: undefined, q: undefined, tags: undefined, profile: undefined, state: undefined, when: undefined }
  return (
    <>
      <PageTop title={t('overview.title')} note={t('overview.note')}>
        <PresetMenu kind="overview" content={content} onOpen={(kept) => change({ ...addressOf(kept, choiceWords) }, { push: true })} />
        <SaveCsv rows={rows} columns={columns} headings={headings} />
      </PageTop>
      <div className={classes['tools']}>
        {choice.devices === null && (
          <SearchField label={t('devices.filter')} value={choice.rule.text} onChange={(q) => change({ q: q || undefined })} />
        )}
        <DevicePicker devices={devices} choice={choice} shown={rows.length} onChange={change} />
        <ColumnPicker columns={columns} onChange={(ids) => change({ points: listWord(ids) })} />
        {!phone && (
          <Switch
            label={t('overview.sparks')}
            checked={choice.sparks}
            onChange={(event) => change({ sparks: event.currentTarget.checked ? undefined : 'off' })}
          />
        )}
      </div>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!table ? (
        error ? null : (
          <Loading rows={10} height={44} />
        )
      ) : columns.length === 0 ? (
        <Empty icon={IconTableOptions} title={t('overview.noColumns.title')} hint={t('overview.noColumns.hint')}>
          <Button variant="default" onClick={() => change({ points: undefined })}>
            {t('overview.noColumns.action')}
          </Button>
        </Empty>
      ) : rows.length === 0 ? (
        <Empty icon={IconZoomQuestion} title={t('devices.noMatch.title')} hint={t('overview.noRows')}>
          <Button variant="default" onClick={() => change(anyDevice)}>
            {t('devices.noMatch.action')}
          </Button>
        </Empty>
      ) : (
        <Sparks on={sparks}>
          <OverviewTable
            table={table}
            rows={rows}
            headings={headings}
            sort={choice.sort}
            order={choice.order}
            sparks={sparks}
            onSort={onSort}
          />
          <Legend />
        </Sparks>
      )}
    </>
  )
}

/** Gives the rows below their courses, and tells when those cannot be read. */
function Sparks({ on, children }: { on: boolean; children: ReactNode }) {
  const { call, now } = useHost()
  const { t } = useTranslation()
  const tell = useFailureText()
  const store = useMemo(() => new SparkStore(call, now), [call, now])
  useEffect(() => store.start(), [store])
  const error = useSyncExternalStore(store.subscribe, store.error)
  return (
    <SparkContext value={on ? store : null}>
      {on && error !== null && <Failed told={tell(error)} onRetry={() => store.retry()} retryLabel={t('retry')} />}
      {children}
    </SparkContext>
  )
}
