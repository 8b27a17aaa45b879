import { Anchor, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBolt, IconDownload, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../../address.ts'
import { request } from '../../client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { choiceOf } from '../address.ts'
import type { Town } from '../town.ts'
import { FaultList } from './FaultList.tsx'
import { StrikeDialog } from './StrikeDialog.tsx'

type FaultsPanelProps = { town: Town; station: string | null; secret: boolean }

/** The instructor's side: what is broken, striking and mending. Closed at first, so that nobody reads the answer by accident. */
export function FaultsPanel({ town, station, secret }: FaultsPanelProps) {
  const { t } = useTranslation()
  const [address, change] = useAddress()
  const { faults: shown } = choiceOf(address)
  const [striking, { open, close }] = useDisclosure(false)
  if (secret) {
    return (
      <Panel title={t('town.faults.title')}>
        <Text size="sm" c="dimmed" maw={760}>
          {t('town.faults.secret')}
        </Text>
      </Panel>
    )
  }
  const Eye = shown ? IconEyeOff : IconEye
  return (
    <Panel
      title={t('town.faults.title')}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<Eye size={15} stroke={1.7} aria-hidden />}
            aria-expanded={shown}
            onClick={() => change({ faults: shown ? undefined : 'open' })}
          >
            {t(shown ? 'town.faults.hide' : 'town.faults.show')}
          </Button>
          <Button size="xs" leftSection={<IconBolt size={15} stroke={1.7} aria-hidden />} onClick={open}>
            {t('town.faults.strike')}
          </Button>
        </Group>
      }
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('town.faults.note')}
      </Text>
      {shown && (
        <>
          <FaultList town={town} />
          <Anchor size="sm" href={request('simulator.truth', {}).url} download>
            <Group gap={6} component="span" display="inline-flex">
              <IconDownload size={15} stroke={1.7} aria-hidden />
              {t('town.faults.csv')}
            </Group>
          </Anchor>
        </>
      )}
      {striking && <StrikeDialog town={town} station={station} onClose={close} />}
    </Panel>
  )
}
