import { useState } from 'react'
import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { backupSettingsSchema, type BackupSettings } from '#shared/backups/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import classes from './Storage.module.css'

const rules = ['daily', 'weekly', 'monthly'] as const

/** Folder, time of day and how many backups stay. The folder is tried before it is taken. */
export function BackupForm({ settings, onClose }: { settings: BackupSettings; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const configure = useAction('backups.configure')
  const [folder, setFolder] = useState(settings.folder ?? '')
  const [at, setAt] = useState(settings.at)
  const [kept, setKept] = useState<Record<(typeof rules)[number], number | string>>(settings.kept)
  const wanted = backupSettingsSchema.safeParse({ folder: folder.trim() === '' ? null : folder, at, kept })
  return (
    <Modal opened onClose={onClose} title={t('storing.backup.settings')} centered transitionProps={{ duration: 0 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted.success) configure.mutate(wanted.data, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('storing.backup.folder')}
            description={t('storing.backup.folderHint')}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="time"
            label={t('storing.backup.at')}
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
            error={at === '' ? t('storing.backup.needsTime') : undefined}
          />
          <div className={classes['kept']}>
            {rules.map((rule) => (
              <NumberInput
                key={rule}
                label={t(`storing.backup.rule.${rule}`)}
                min={rule === 'daily' ? 1 : 0}
                max={366}
                allowDecimal={false}
                value={kept[rule]}
                onChange={(value) => setKept({ ...kept, [rule]: value })}
              />
            ))}
          </div>
          <Text size="sm" c="dimmed">
            {t('storing.backup.secret')}
          </Text>
          {configure.error && <Failed told={tell(configure.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!wanted.success} loading={configure.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
