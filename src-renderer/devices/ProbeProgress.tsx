import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Address } from '#shared/acquisition/port.ts'
import { useNow } from '../host.ts'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'

/** A controller that is not there is given up after about this long. */
const usualEndMs = 8000

export function ProbeProgress({ address, startedAt, onCancel }: { address: Address; startedAt: number; onCancel: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const elapsed = Math.max(0, useNow() - startedAt)
  return (
    <Panel>
      <Stack gap="sm">
        <Text fw={600} role="status">
          {t('connect.looking', { host: address.host, port: address.port, unit: address.unit })}
        </Text>
        <Progress value={Math.min(95, (100 * elapsed) / usualEndMs)} aria-label={t('connect.progress')} transitionDuration={0} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {t('connect.elapsed', { span: format.span(elapsed) })}
          </Text>
          <Button size="xs" variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  )
}
