import { useState } from 'react'
import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../host.ts'
import { Confirm } from '../../ui/Confirm.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'

type Removal = 'alarms.removeRecipient' | 'alarms.removeNotifyList' | 'alarms.removeSchedule'

/** Removes something that nothing else names any more; the host says so when it is still named. */
export function RemoveButton({ operation, id, name }: { operation: Removal; id: string; name: string }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [asking, setAsking] = useState(false)
  const remove = useAction(operation)
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          remove.reset()
          setAsking(true)
        }}
      >
        {t('alarms.notify.remove')}
      </Button>
      <Confirm
        opened={asking}
        title={t('alarms.notify.removeTitle', { name })}
        action={t('alarms.notify.remove')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id }, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Stack gap="sm">
          <Text size="sm">{t('alarms.notify.removeText')}</Text>
          {remove.error && <Failed told={tell(remove.error)} />}
        </Stack>
      </Confirm>
    </>
  )
}
