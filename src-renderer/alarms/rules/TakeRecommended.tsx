import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction, useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'

/** Makes all recommended rules that have something to look at here and were not taken yet. */
export function TakeRecommended() {
  const { t, i18n } = useTranslation()
  const tell = useFailureText()
  const { data } = useCall('alarms.library', {})
  const adopt = useAction('alarms.adopt')
  const ids = (data ?? []).filter(({ recommended, fits, taken }) => recommended && fits > 0 && taken === 0).map(({ id }) => id)
  if (adopt.error) return <Failed told={tell(adopt.error)} onRetry={() => adopt.reset()} />
  if (ids.length === 0) return null
  return (
    <Button loading={adopt.isPending} onClick={() => adopt.mutate({ ids, language: i18n.language, enabled: true })}>
      {t('alarms.rules.library.takeAll', { count: ids.length })}
    </Button>
  )
}
