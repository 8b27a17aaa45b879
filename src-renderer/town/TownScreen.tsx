import { IconMap2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DemoDoor } from '../devices/DemoDoor.tsx'
import { useActor, useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { TownPage } from './TownPage.tsx'

const everyMs = 5_000

/** The demo town as its operator sees it; without one, what it is and how to open it. */
export function TownScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('simulator.status', {}, { every: everyMs })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={54} />
  if (data.running) return <TownPage status={data} />
  return (
    <>
      <PageTop title={t('town.title')} />
      <Empty icon={IconMap2} title={t('town.none.title')} hint={t(may('admin') ? 'town.none.hint' : 'town.none.ask')}>
        {(may('admin') || data.making !== null) && <DemoDoor />}
      </Empty>
    </>
  )
}
