import { Button, Group, Text } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Address } from '#shared/acquisition/port.ts'
import { useAction, useActor } from '../../host.ts'
import { useFailureText } from '../../words.ts'

const seconds = 60

/** Lets the display of a controller blink and says what became of it: nobody can read it back. */
export function WinkButton({ address }: { address: Address }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const wink = useAction('devices.wink')
  const tell = useFailureText()
  if (!may('full')) return null
  const blinking = wink.data?.outcome === 'taken' && (wink.variables?.seconds ?? 0) > 0
  const ask = (length: number) => wink.mutate({ ...address, seconds: length })
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        loading={wink.isPending}
        leftSection={<IconBulb size={15} stroke={1.7} />}
        onClick={() => ask(blinking ? 0 : seconds)}
      >
        {blinking ? t('wink.stop') : t('wink.start')}
      </Button>
      {wink.data && (
        <Text size="sm" c="dimmed" role="status">
          {wink.data.outcome === 'taken'
            ? blinking
              ? t('wink.taken', { seconds })
              : t('wink.stopped')
            : wink.data.outcome === 'refused'
              ? t('wink.refused', { code: wink.data.code ?? 0 })
              : t('wink.unknown')}
        </Text>
      )}
      {wink.error && (
        <Text size="sm" role="alert">
          {tell(wink.error).title}
        </Text>
      )}
    </Group>
  )
}
