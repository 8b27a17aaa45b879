import { useRef, useState } from 'react'
import { Button, Menu, Text } from '@mantine/core'
import { IconFileImport, IconPlus, IconTable, IconTopologyRing } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failure } from '#shared/failures.ts'
import { bounds } from '#shared/profiles/bounds.ts'
import type { ProfileDocument } from '#shared/profiles/contract.ts'
import { useAction } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { readDocument } from './document-file.ts'

/** Ways to a device file of one’s own: an empty table, that of an integrator, or a file. */
export function MakeMenu() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const navigate = useNavigate()
  const save = useAction('profiles.save')
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ name: string; document: ProfileDocument } | null>(null)
  const [fault, setFault] = useState<'unreadable' | 'large' | null>(null)
  const edit = (search: Record<string, string>) => void navigate({ to: '/profiles/edit', search: () => search })
  const send = (asked: { name: string; document: ProfileDocument }, replace: boolean) =>
    save.mutate(
      { ...asked, replace },
      {
        onSuccess: ({ profile }) => {
          setFile(null)
          void navigate({ to: '/profiles/view', search: () => ({ id: profile }) })
        },
      },
    )
  const open = async (chosen: File | undefined) => {
    if (!chosen) return
    save.reset()
    const read = await readDocument(chosen)
    setFault(typeof read === 'string' ? read : null)
    if (typeof read === 'string') return
    setFile(read)
    send(read, false)
  }
  const exists = save.error instanceof Failure && save.error.code === 'profile.exists' ? save.error : null
  return (
    <>
      <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={16} stroke={1.7} />} loading={save.isPending}>
            {t('profiles.make.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTable size={16} stroke={1.6} />} onClick={() => edit({})}>
            {t('profiles.make.empty')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTopologyRing size={16} stroke={1.6} />} onClick={() => edit({ preset: 'apex' })}>
            {t('profiles.make.apex')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileImport size={16} stroke={1.6} />} onClick={() => input.current?.click()}>
            {t('profiles.make.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('profiles.make.open')}
        onChange={(event) => {
          void open(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {fault !== null && (
        <Text role="alert" c="var(--hg-abnormal)" w="100%">
          {fault === 'large' ? t('profiles.opened.large', { size: format.bytes(bounds.bytes) }) : t('profiles.opened.unreadable')}
        </Text>
      )}
      {save.error && !exists && <Failed told={tell(save.error)} />}
      <Confirm
        opened={exists !== null && file !== null}
        title={t('profiles.opened.replace')}
        action={t('profiles.opened.replaceAction')}
        busy={save.isPending}
        onConfirm={() => file && send(file, true)}
        onClose={() => save.reset()}
      >
        <Text>{t('profiles.opened.replaceText', { id: String(exists?.params['id'] ?? '') })}</Text>
      </Confirm>
    </>
  )
}
