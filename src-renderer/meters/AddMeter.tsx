import { useState } from 'react'
import { Button, Group, Modal, Stack, Tabs, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FoundMeterInfo } from '#shared/meters/contract.ts'
import { useCall } from '../host.ts'
import { FoundMeter } from './FoundMeter.tsx'
import { startLine, type LineDraft } from './line-draft.ts'
import { LineFields } from './LineFields.tsx'
import { LookPanel } from './LookPanel.tsx'
import { ScanPanel } from './ScanPanel.tsx'

/** From a line to a meter in the list: ask at an address or look for all, see what answers, name it, add it. */
export function AddMeter({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<LineDraft>(startLine)
  const demo = useCall('simulator.status', {})
  const [found, setFound] = useState<FoundMeterInfo | null>(null)
  const edit = (change: Partial<LineDraft>) => setDraft((before) => ({ ...before, ...change }))
  return (
    <Modal opened onClose={onClose} title={t('meters.add.title')} size="xl" transitionProps={{ duration: 0 }}>
      {found ? (
        <FoundMeter found={found} onBack={() => setFound(null)} onAdded={onClose} />
      ) : (
        <Stack gap="md">
          <LineFields draft={draft} onChange={edit} />
          {demo.data?.meterLine && <DemoLine line={demo.data.meterLine} onUse={edit} />}
          <Tabs defaultValue="look">
            <Tabs.List>
              <Tabs.Tab value="look">{t('meters.add.byAddress')}</Tabs.Tab>
              <Tabs.Tab value="scan">{t('meters.add.byScan')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="look" pt="md">
              <LookPanel draft={draft} onChange={edit} onFound={setFound} />
            </Tabs.Panel>
            <Tabs.Panel value="scan" pt="md">
              <ScanPanel draft={draft} onFound={setFound} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </Modal>
  )
}

/** The simulated line of the demo town, to try meters without any. */
function DemoLine({ line, onUse }: { line: { host: string; port: number }; onUse: (change: Partial<LineDraft>) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('meters.demo.text')}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => onUse({ way: 'mbus-tcp', ...line })}>
        {t('meters.demo.use')}
      </Button>
    </Group>
  )
}
