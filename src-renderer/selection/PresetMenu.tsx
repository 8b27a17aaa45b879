import { Button, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PresetContent, PresetKind } from '#shared/presets/contract.ts'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { PresetForm } from './PresetForm.tsx'
import { PresetRow } from './PresetRow.tsx'

type PresetMenuProps = {
  kind: PresetKind
  /** What the screen shows now, to be kept. */
  content: PresetContent
  onOpen: (content: PresetContent) => void
}

/** The presets of a screen: open one, keep what is shown now, and tidy up. */
export function PresetMenu({ kind, content, onOpen }: PresetMenuProps) {
  const { t } = useTranslation()
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={360} trapFocus shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconBookmark size={17} stroke={1.6} />} onClick={toggle} aria-expanded={opened}>
          {t('presets.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">
        {opened && (
          <Presets
            kind={kind}
            content={content}
            onOpen={(next) => {
              close()
              onOpen(next)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

function Presets({ kind, content, onOpen }: PresetMenuProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('presets.list', { kind })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={3} />
  const parts = [
    { title: t('presets.own'), presets: data.presets.filter(({ shared }) => !shared) },
    { title: t('presets.shared'), presets: data.presets.filter(({ shared }) => shared) },
  ].filter(({ presets }) => presets.length > 0)
  return (
    <Stack gap="sm">
      {parts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('presets.none')}
        </Text>
      )}
      <ScrollArea.Autosize mah="46vh">
        <Stack gap="xs">
          {parts.map((part) => (
            <Stack key={part.title} gap={2} role="group" aria-label={part.title}>
              <Text size="xs" fw={600} c="dimmed">
                {part.title}
              </Text>
              {part.presets.map((preset) => (
                <PresetRow key={preset.id} preset={preset} content={content} onOpen={onOpen} />
              ))}
            </Stack>
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <PresetForm kind={kind} content={content} />
    </Stack>
  )
}
