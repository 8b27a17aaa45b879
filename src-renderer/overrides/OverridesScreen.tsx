import { useState } from 'react'
import { Alert, Button, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconHandOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { overrideKinds, type Override } from '#shared/overrides/contract.ts'
import { useAction, useActor, useCall, useJob } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { LeasePanel } from './LeasePanel.tsx'
import { OverrideRow } from './OverrideRow.tsx'
import { ReleasePanel } from './ReleasePanel.tsx'
import { useOverrideWords } from './words.ts'
import classes from './Overrides.module.css'

const everyMs = 30_000
const filters = ['all', ...overrideKinds] as const

/** Every point that its controller does not decide itself now, and the way to give it back. */
export function OverridesScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useOverrideWords()
  const { may } = useActor()
  const { data, error, refetch } = useCall('overrides.list', {}, { every: everyMs })
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  const [asked, setAsked] = useState<readonly Override[]>([])
  const release = useAction('overrides.release')
  const running = useJob('overrides.release')?.state === 'running'
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={44} />
  const shown = data.filter(({ kind }) => filter === 'all' || kind === filter)
  const releasable = shown.filter(({ needs }) => needs !== null && may(needs))
  const confirm = () => {
    release.mutate({ points: asked.map(({ device, point, value }) => ({ device, point: point.id, value })) })
    setAsked([])
  }
  return (
    <>
      <PageTop title={t('overrides.title')} note={t('overrides.note')}>
        {releasable.length > 0 && (
          <Button disabled={running} onClick={() => setAsked(releasable)}>
            {t('overrides.releaseAll', { count: releasable.length })}
          </Button>
        )}
      </PageTop>
      {release.error && <Failed told={tell(release.error)} />}
      <ReleasePanel />
      {data.length === 0 ? (
        <Empty icon={IconHandOff} title={t('overrides.none.title')} hint={t('overrides.none.hint')} />
      ) : (
        <>
          <div className={classes['filter']}>
            <SegmentedControl
              aria-label={t('overrides.filter')}
              value={filter}
              onChange={(next) => setFilter(filters.find((one) => one === next) ?? 'all')}
              data={filters.map((one) => {
                const count = one === 'all' ? data.length : data.filter(({ kind }) => kind === one).length
                return { value: one, label: t('overrides.counted', { kind: t(`overrides.kind.${one}`), count }) }
              })}
            />
          </div>
          <Panel flush>
            <ul className={classes['list']}>
              {shown.map((one) => (
                <OverrideRow key={`${one.device}/${one.point.id}`} one={one} busy={running} onRelease={() => setAsked([one])} />
              ))}
            </ul>
          </Panel>
        </>
      )}
      <LeasePanel />
      <Confirm
        opened={asked.length > 0}
        title={t('overrides.confirm', { count: asked.length })}
        action={t('overrides.release')}
        busy={release.isPending}
        onConfirm={confirm}
        onClose={() => setAsked([])}
      >
        <Alert color="caution" variant="light" icon={<IconAlertTriangle size={18} stroke={1.8} />}>
          {t('overrides.affects')}
        </Alert>
        <ul className={classes['asked']}>
          {asked.map((one) => (
            <li key={`${one.device}/${one.point.id}`}>
              {t('overrides.change', {
                device: one.name,
                point: words.point(one.point),
                from: words.value(one.point, one.value),
                to: words.value(one.point, one.automatic),
              })}
            </li>
          ))}
        </ul>
      </Confirm>
    </>
  )
}
