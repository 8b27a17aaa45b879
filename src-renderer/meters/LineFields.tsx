import { Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { baudCommands } from '#shared/mbus/baud.ts'
import type { LineDraft } from './line-draft.ts'

type LineFieldsProps = { draft: LineDraft; onChange: (change: Partial<LineDraft>) => void }

const bauds = Object.keys(baudCommands)

/** Where the line is: a converter in the network, or a serial port of this machine. */
export function LineFields({ draft, onChange }: LineFieldsProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <SegmentedControl
        value={draft.way}
        onChange={(way) => onChange({ way: way === 'mbus-serial' ? 'mbus-serial' : 'mbus-tcp' })}
        data={[
          { value: 'mbus-tcp', label: t('meters.line.tcp') },
          { value: 'mbus-serial', label: t('meters.line.serial') },
        ]}
      />
      {draft.way === 'mbus-tcp' ? (
        <Group grow align="flex-start">
          <TextInput label={t('meters.line.host')} value={draft.host} onChange={(event) => onChange({ host: event.currentTarget.value })} />
          <NumberInput
            label={t('meters.line.port')}
            value={draft.port}
            min={1}
            max={65535}
            allowDecimal={false}
            onChange={(port) => onChange({ port: typeof port === 'number' ? port : '' })}
          />
        </Group>
      ) : (
        <Group grow align="flex-start">
          <TextInput label={t('meters.line.path')} value={draft.path} onChange={(event) => onChange({ path: event.currentTarget.value })} />
          <Select
            label={t('meters.line.baud')}
            value={String(draft.baud)}
            data={bauds}
            allowDeselect={false}
            onChange={(baud) => baud !== null && onChange({ baud: Number(baud) })}
          />
        </Group>
      )}
    </Stack>
  )
}
