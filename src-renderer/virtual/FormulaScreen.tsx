import { useState } from 'react'
import { Stack, Text } from '@mantine/core'
import { IconMathFunction, IconPlus, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Formula } from '#shared/virtual/contract.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Confirm } from '../ui/Confirm.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useFailureText } from '../words.ts'
import { BackfillDialog } from './BackfillDialog.tsx'
import { FormulaList } from './FormulaList.tsx'
import { JobPanel } from './JobPanel.tsx'

const everyMs = 30_000

/** All points that are calculated from others, what they give now, and why one gives nothing. */
export function FormulaScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('virtual.list', {}, { every: everyMs })
  const remove = useAction('virtual.remove')
  const [text, setText] = useState('')
  const [removing, setRemoving] = useState<Formula | null>(null)
  const [filling, setFilling] = useState<Formula | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={6} height={72} />
  const add = may('full') && (
    <ButtonLink to="/virtual/edit" leftSection={<IconPlus size={16} />}>
      {t('virtual.add')}
    </ButtonLink>
  )
  if (data.length === 0) {
    return (
      <Empty icon={IconMathFunction} title={t('virtual.none.title')} hint={t('virtual.none.hint')}>
        {add}
      </Empty>
    )
  }
  const wanted = text.trim().toLowerCase()
  const shown = data.filter(({ name, deviceName, text: formula }) => `${name} ${deviceName} ${formula}`.toLowerCase().includes(wanted))
  return (
    <>
      <PageTop title={t('virtual.title')} note={t('virtual.count', { count: data.length })}>
        <SearchField label={t('virtual.search')} value={text} onChange={setText} />
        {add}
      </PageTop>
      {remove.error && <Failed told={tell(remove.error)} />}
      <Stack gap="md">
        <JobPanel />
        {shown.length === 0 ? (
          <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />
        ) : (
          <FormulaList formulas={shown} onFill={setFilling} onRemove={setRemoving} />
        )}
      </Stack>
      {filling && <BackfillDialog formula={filling} onClose={() => setFilling(null)} />}
      <Confirm
        opened={removing !== null}
        title={t('virtual.removeQuestion', { name: removing?.name ?? '' })}
        action={t('virtual.remove')}
        busy={remove.isPending}
        onConfirm={() => {
          if (removing) remove.mutate({ id: removing.id }, { onSettled: () => setRemoving(null) })
        }}
        onClose={() => setRemoving(null)}
      >
        <Text size="sm">{t('virtual.removeHint')}</Text>
      </Confirm>
    </>
  )
}
