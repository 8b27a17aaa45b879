import { Button, Group, Text } from '@mantine/core'
import { IconPlayerStop, IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction, useActor, useCall, useJob } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'

/** Starts the check of all meters, shows how far it is, and stops it. */
export function CheckNow() {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { may } = useActor()
  const job = useJob('energy.check')
  const { data: state, refetch } = useCall('energy.checkState', {}, { onOpen: true })
  const begin = useAction('energy.check')
  const stop = useAction('energy.checkStop')
  const running = (job?.state ?? state?.state) === 'running'
  const error = begin.error ?? stop.error
  const last = state?.endedAt ?? null
  const told = running
    ? t('energy.check.running', { done: job?.done ?? state?.devices ?? 0, total: job?.total ?? state?.total ?? 0 })
    : [
        state?.state === 'failed' ? t('energy.check.failed') : null,
        last === null ? null : t('energy.check.last', { time: format.dateTime(last) }),
        state?.next ? t('energy.check.next', { time: format.dateTime(state.next) }) : null,
      ]
        .filter((one) => one !== null)
        .join(' · ')
  return (
    <Group gap="sm">
      {may('basic') &&
        (running ? (
          <Button variant="default" leftSection={<IconPlayerStop size={16} />} loading={stop.isPending} onClick={() => stop.mutate({})}>
            {t('energy.check.stop')}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconStethoscope size={16} />}
            loading={begin.isPending}
            onClick={() => begin.mutate({}, { onSuccess: () => void refetch() })}
          >
            {t('energy.check.now')}
          </Button>
        ))}
      <Text size="sm" c="dimmed" aria-live="polite">
        {told}
      </Text>
      {error && <Failed told={tell(error)} />}
    </Group>
  )
}
