import type { ReactNode } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type ConfirmProps = {
  opened: boolean
  title: string
  action: string
  busy: boolean
  children: ReactNode
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something that cannot be undone here. The safe button has the focus. */
export function Confirm({ opened, title, action, busy, children, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered transitionProps={{ duration: 0 }}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button onClick={onConfirm} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
