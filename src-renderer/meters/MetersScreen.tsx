import { useState } from 'react'
import { Button } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconGauge, IconPlus, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useActor, useCall } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText } from '../words.ts'
import { AddMeter } from './AddMeter.tsx'
import { MeterCards } from './MeterCards.tsx'
import { MeterDrawer } from './MeterDrawer.tsx'
import { MeterTable } from './MeterTable.tsx'
import { useMeterRows, useWarnings } from './meter-rows.ts'

const everyMs = 30_000

/** All energy meters, however they are read, with what they show and what was used. */
export function MetersScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('meters.list', {}, { every: everyMs })
  const phone = useMediaQuery('(max-width: 64em)', undefined, { getInitialValueInEffect: false })
  const [adding, { open: startAdding, close: stopAdding }] = useDisclosure(false)
  const [address, change] = useAddress()
  const chosen = address['meter'] ?? null
  const choose = (id: string | null) => change({ meter: id ?? undefined, replace: undefined }, { push: id !== null })
  const [text, setText] = useState('')
  const rows = useMeterRows(data ?? [], text)
  const warnings = useWarnings()
  const add = may('full') && (
    <Button leftSection={<IconPlus size={16} />} onClick={startAdding}>
      {t('meters.add.title')}
    </Button>
  )
  const dialogs = (
    <>
      {adding && <AddMeter onClose={stopAdding} />}
      <MeterDrawer
        meter={data?.find(({ id }) => id === chosen) ?? null}
        replacing={address['replace'] === 'yes'}
        onClose={() => choose(null)}
      />
    </>
  )
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={56} />
  if (data.length === 0) {
    return (
      <>
        <Empty icon={IconGauge} title={t('meters.none.title')} hint={t('meters.none.hint')}>
          {add}
        </Empty>
        {dialogs}
      </>
    )
  }
  const List = phone ? MeterCards : MeterTable
  return (
    <>
      <PageTop title={t('meters.title')} note={t('meters.note', { count: data.length })}>
        <SearchField label={t('meters.filter')} value={text} onChange={setText} width={phone ? '100%' : 260} />
        <ButtonLink to="/energy" variant="default">
          {t('energy.title')}
        </ButtonLink>
        <ButtonLink to="/energy/warnings" variant="default">
          {warnings > 0 ? t('energy.warnings.short', { count: warnings }) : t('energy.toWarnings')}
        </ButtonLink>
        {add}
      </PageTop>
      {rows.length === 0 ? (
        <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />
      ) : (
        <List rows={rows} onOpen={choose} />
      )}
      {dialogs}
    </>
  )
}
