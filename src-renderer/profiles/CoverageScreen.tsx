import { useMemo } from 'react'
import { Button, Group, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useActor, useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFailureText } from '../words.ts'
import { cardHeight, CoverageCard } from './CoverageCard.tsx'
import { CoverageRow } from './CoverageRow.tsx'
import { makersOf, narrow, proofFilterOf, rowKey } from './coverage-list.ts'
import { MakeMenu } from './MakeMenu.tsx'
import { ProofFilterBar } from './ProofFilterBar.tsx'
import classes from './Coverage.module.css'

const columns = ['controller', 'application', 'proof', 'found', 'points', 'source'] as const

/** Everything that can be read: controller, application, how sure, where from. */
export function CoverageScreen() {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('profiles.list', {})
  const { may } = useActor()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const phone = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false })
  const text = address['q'] ?? ''
  const maker = address['maker']
  const proof = proofFilterOf(address['proof'])
  const { shown, counts } = useMemo(() => narrow(data ?? [], text, maker, proof), [data, text, maker, proof])
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={10} height={48} />
  return (
    <>
      <PageTop title={t('profiles.title')} note={t('profiles.note')}>
        {may('full') && <MakeMenu />}
      </PageTop>
      <Group mb="sm" gap="sm">
        <SearchField
          label={t('profiles.filter')}
          value={text}
          onChange={(q) => change({ q: q || undefined })}
          width={phone ? '100%' : 340}
        />
        <Select
          aria-label={t('profiles.maker')}
          placeholder={t('profiles.allMakers')}
          data={makersOf(data)}
          value={maker ?? null}
          onChange={(next) => change({ maker: next ?? undefined })}
          clearable
          searchable
          w={phone ? '100%' : 190}
        />
        <ProofFilterBar value={proof} counts={counts} onChange={(next) => change({ proof: next === 'all' ? undefined : next })} />
        <span className={classes['count']}>{t('profiles.count', { count: shown.length, total: data.length })}</span>
      </Group>
      {shown.length === 0 ? (
        <Empty icon={IconZoomQuestion} title={t('profiles.noMatch.title')} hint={t('profiles.noMatch.hint')}>
          <Button variant="default" onClick={() => change({ q: undefined, maker: undefined, proof: undefined })}>
            {t('profiles.noMatch.action')}
          </Button>
        </Empty>
      ) : phone ? (
        <WindowRows items={shown} height={cardHeight} keyOf={rowKey} row={(row) => <CoverageCard row={row} />} />
      ) : (
        <div role="table" aria-label={t('profiles.title')} aria-rowcount={shown.length + 1} className={classes['table']}>
          <div role="rowgroup" className={classes['head']}>
            <div role="row" aria-rowindex={1} className={classes['row']}>
              {columns.map((column) => (
                <div key={column} role="columnheader">
                  {t(`profiles.column.${column}`)}
                </div>
              ))}
            </div>
          </div>
          <WindowRows
            role="rowgroup"
            items={shown}
            height={58}
            keyOf={rowKey}
            row={(row, index) => <CoverageRow row={row} index={index + 2} />}
          />
        </div>
      )}
    </>
  )
}
