import { ActionIcon, Button, Drawer, Group } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconCopy, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CellFault, Cells } from '#shared/profiles/cells.ts'
import type { Row } from './draft.ts'
import { PointForm } from './PointForm.tsx'

type PointDrawerProps = {
  row: Row | undefined
  faults: readonly CellFault[]
  onChange: (cells: Cells) => void
  onStep: (by: 1 | -1) => void
  onCopy: () => void
  onRemove: () => void
  onClose: () => void
}

/** The form of the open row beside the table, so that one row after the other can be filled in. */
export function PointDrawer({ row, faults, onChange, onStep, onCopy, onRemove, onClose }: PointDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={row !== undefined}
      onClose={onClose}
      position="right"
      size={480}
      title={t('profiles.rows.title')}
      transitionProps={{ duration: 0 }}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      closeButtonProps={{ 'aria-label': t('profiles.rows.close') }}
    >
      <Group gap="xs" mb="sm">
        <ActionIcon variant="default" size="lg" onClick={() => onStep(-1)} aria-label={t('profiles.rows.previous')}>
          <IconChevronUp size={18} stroke={1.7} />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" onClick={() => onStep(1)} aria-label={t('profiles.rows.next')}>
          <IconChevronDown size={18} stroke={1.7} />
        </ActionIcon>
        <Button variant="default" onClick={onCopy} leftSection={<IconCopy size={16} stroke={1.6} />}>
          {t('profiles.rows.copy')}
        </Button>
        <Button variant="default" onClick={onRemove} leftSection={<IconTrash size={16} stroke={1.6} />}>
          {t('profiles.rows.remove')}
        </Button>
      </Group>
      {row && <PointForm key={row.key} cells={row.cells} faults={faults} onChange={onChange} />}
    </Drawer>
  )
}
