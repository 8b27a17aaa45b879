import { useMemo, useState } from 'react'
import { Button, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useCall } from '../host.ts'
import { usePointNames, pointMatches } from '../point-names.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFailureText } from '../words.ts'
import { applicationText } from './coverage-list.ts'
import { ProfileActions } from './ProfileActions.tsx'
import { ProfilePointRow } from './ProfilePointRow.tsx'
import { ProofText } from './ProofText.tsx'

/** One controller or application: what it has, how sure that is, and what can be done with its file. */
export function ProfileScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const names = usePointNames()
  const [{ id = '' }] = useAddress()
  const [text, setText] = useState('')
  const { data, error, refetch } = useCall('profiles.get', { id }, { enabled: id !== '' })
  const shown = useMemo(() => data?.points.filter((point) => pointMatches(point, text, names)) ?? [], [data, text, names])
  if (!data)
    return error || id === '' ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={10} height={40} />
  return (
    <Stack gap="md">
      <PageTop title={[data.maker, data.controller, applicationText(data)].join(' ').trim()} note={data.title}>
        <Button component={Link} to="/profiles" variant="subtle" leftSection={<IconArrowLeft size={16} stroke={1.6} />}>
          {t('profiles.view.back')}
        </Button>
        <ProfileActions row={data} />
      </PageTop>
      {data.fault !== null && (
        <Text role="alert" c="var(--hg-abnormal)">
          {t('profiles.view.fault')} {data.fault}
        </Text>
      )}
      <Panel>
        <Facts
          rows={[
            [t('profiles.view.proof'), <ProofText key="proof" row={data} />],
            [t('profiles.view.source'), data.source || null],
            [t('profiles.view.found'), t(`profiles.found.${data.found}`)],
            [t('profiles.view.devices'), t('profiles.devices', { count: data.devices })],
            [t('profiles.view.id'), data.profile],
          ]}
        />
      </Panel>
      {data.points.length > 0 && (
        <Panel
          title={t('profiles.view.points')}
          actions={<SearchField label={t('profiles.view.filter')} value={text} onChange={setText} />}
        >
          <WindowRows
            items={shown}
            height={46}
            keyOf={(point) => point.id}
            row={(point) => <ProfilePointRow point={point} names={names} />}
          />
        </Panel>
      )}
    </Stack>
  )
}
