import { useMemo, useState } from 'react'
import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconTopologyStar3, IconZoomQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { ConnectionCard } from './ConnectionCard.tsx'
import { ConnectionTable } from './ConnectionTable.tsx'
import { Counts } from './Counts.tsx'
import { LineRow } from './LineRow.tsx'
import { arrange, keyOfRow } from './arrange.ts'

const everyMs = 5000

/** How well each device answers, worst first. */
export function CommunicationScreen() {
  const { t } = useTranslation()
  const { data, error, refetch } = useCall('acquisition.connections', {}, { every: everyMs })
  const tell = useFailureText()
  const format = useFormat()
  const phone = useMediaQuery('(max-width: 64em)', undefined, { getInitialValueInEffect: false })
  const [text, setText] = useState('')
  const shown = useMemo(() => arrange(data ?? [], text, format.locale), [data, text, format.locale])
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={10} height={40} />
  if (data.length === 0) {
    return (
      <Empty icon={IconTopologyStar3} title={t('communication.none.title')} hint={t('communication.none.hint')}>
        <Button component={Link} to="/connect">
          {t('connect.title')}
        </Button>
      </Empty>
    )
  }
  return (
    <>
      <PageTop title={t('communication.title')} note={t('communication.note')} />
      <Counts connections={data} />
      <Group my="sm">
        <SearchField label={t('communication.filter')} value={text} onChange={setText} width={phone ? '100%' : 280} />
      </Group>
      {shown.length === 0 ? (
        <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />
      ) : phone ? (
        <WindowRows
          items={shown}
          height={(row) => ('line' in row ? 62 : 200)}
          keyOf={keyOfRow}
          row={(row) =>
            'line' in row ? <LineRow connections={row.connections} /> : <ConnectionCard connection={row.connection} shared={row.shared} />
          }
        />
      ) : (
        <ConnectionTable rows={shown} />
      )}
    </>
  )
}
