import type { ReactNode, SyntheticEvent } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'

type FormModalProps = {
  title: string
  error: Error | null
  busy: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog: what is filled in, why it could not be saved, and the way out. */
export function FormModal({ title, error, busy, onSubmit, onClose, children }: FormModalProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered transitionProps={{ duration: 0 }} closeOnClickOutside={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {children}
          {error && <Failed told={tell(error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
