import { Group, SegmentedControl, Stack } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useCall } from '../host.ts'
import { useMeterWords } from '../meters/meter-words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { CheckNow } from './CheckNow.tsx'
import { FindingCard } from './FindingCard.tsx'
import { urgentFirst } from './urgent.ts'

/** What the checks of meters found, what is urgent first. */
export function Screen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useMeterWords()
  const [address, change] = useAddress()
  const all = address['show'] === 'all' ? 'yes' : 'no'
  const { data, error, refetch } = useCall('energy.findings', { all })
  const { data: meters } = useCall('meters.list', {})
  const nameOf = (id: string | null) => {
    const meter = meters?.find((one) => one.id === id)
    return meter ? words.title(meter) : null
  }
  return (
    <>
      <PageTop title={t('energy.warnings.title')} note={t('energy.warnings.note')}>
        <SegmentedControl
          value={all}
          onChange={(value) => change({ show: value === 'yes' ? 'all' : undefined })}
          data={[
            { value: 'no', label: t('energy.warnings.open') },
            { value: 'yes', label: t('energy.warnings.all') },
          ]}
          transitionDuration={0}
          aria-label={t('energy.warnings.of')}
        />
      </PageTop>
      <Group mb="sm">
        <CheckNow />
      </Group>
      {!data ? (
        error ? (
          <Failed told={tell(error)} onRetry={() => void refetch()} centred />
        ) : (
          <Loading rows={4} height={160} />
        )
      ) : data.length === 0 ? (
        <Empty icon={IconShieldCheck} title={t('energy.warnings.none.title')} hint={t('energy.warnings.none.hint')} />
      ) : (
        <Stack gap="sm">
          {urgentFirst(data).map((finding) => (
            <FindingCard key={finding.id} finding={finding} meterName={nameOf(finding.meter)} />
          ))}
        </Stack>
      )}
    </>
  )
}
