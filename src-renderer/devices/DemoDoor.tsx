import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Failure } from '#shared/failures.ts'
import { useAction, useActor, useCall, useJob } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'

/** Opens the demo town; while it is made, how far that is, also for whoever comes by later. */
export function DemoDoor() {
  const { t } = useTranslation()
  const format = useFormat()
  const demo = useAction('simulator.open')
  const cancel = useAction('simulator.close')
  const job = useJob('demo.open')
  const status = useCall('simulator.status', {}, { every: demo.isPending || job?.state === 'running' ? 1000 : 5000 })
  const tell = useFailureText()
  const { may } = useActor()
  const making = status.data?.making ?? null
  const open = () => {
    cancel.reset()
    demo.mutate({})
  }
  if (!demo.isPending && !making) {
    const cancelled = demo.error instanceof Failure && demo.error.code === 'cancelled'
    const failed = demo.error !== null ? !cancelled : job?.state === 'failed'
    return (
      <>
        <Button variant="default" disabled={!may('admin')} onClick={open}>
          {t('start.demo')}
        </Button>
        {failed && <Failed told={demo.error ? tell(demo.error) : { title: t('start.demoFailed'), hint: null, code: 'demo' }} />}
      </>
    )
  }
  const { done, total } = (job?.state === 'running' ? job : making) ?? { done: 0, total: 0 }
  const adding = total > 0 && done >= total
  const words = adding
    ? t('start.demoAdding')
    : total === 0
      ? t('start.demoBusy')
      : t('start.demoProgress', { done: format.number(done), total: format.number(total) })
  return (
    <Stack gap={6} w="100%">
      <Text size="sm" role="status">
        {words}
      </Text>
      <Progress
        value={total === 0 || adding ? 100 : (100 * done) / total}
        animated={total === 0 || adding}
        aria-label={t('start.demoMaking')}
        transitionDuration={100}
        color="gray"
      />
      <Group>
        <Button variant="default" size="xs" loading={cancel.isPending} disabled={!may('admin')} onClick={() => cancel.mutate({})}>
          {t('demo.cancel')}
        </Button>
      </Group>
      {cancel.error && <Failed told={tell(cancel.error)} />}
    </Stack>
  )
}
