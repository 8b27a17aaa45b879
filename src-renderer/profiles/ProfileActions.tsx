import { useState } from 'react'
import { Button, Text } from '@mantine/core'
import { IconCopy, IconDownload, IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/profiles/contract.ts'
import { useAction, useActor, useHost } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { saveFile } from './document-file.ts'

const icon = { size: 16, stroke: 1.6 } as const

/** What can be done with a device file. Only one’s own can be changed and deleted. */
export function ProfileActions({ row }: { row: Omit<Coverage, 'points'> }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { call } = useHost()
  const navigate = useNavigate()
  const remove = useAction('profiles.remove')
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { profile: id, own, fault, protocol } = row
  const edited = protocol === 'modbus' && fault === null && may('full')
  const save = () =>
    call('profiles.export', { id }).then(
      ({ document }) => saveFile(`${id.split('/').at(-1)}.json`, 'application/json', `${JSON.stringify(document, null, 2)}\n`),
      setFailure,
    )
  return (
    <>
      {may('full') && fault === null && (
        <ButtonLink to="/connect" search={() => ({ profile: id })} leftSection={<IconPlugConnected {...icon} />}>
          {t('profiles.view.connect')}
        </ButtonLink>
      )}
      {edited && own && (
        <ButtonLink to="/profiles/edit" search={() => ({ id })} variant="default" leftSection={<IconPencil {...icon} />}>
          {t('profiles.view.edit')}
        </ButtonLink>
      )}
      {edited && (
        <ButtonLink to="/profiles/edit" search={() => ({ from: id })} variant="default" leftSection={<IconCopy {...icon} />}>
          {t('profiles.view.template')}
        </ButtonLink>
      )}
      {fault === null && (
        <Button variant="default" onClick={() => void save()} leftSection={<IconDownload {...icon} />}>
          {t('profiles.view.save')}
        </Button>
      )}
      {own && may('full') && (
        <Button variant="default" onClick={() => setAsking(true)} leftSection={<IconTrash {...icon} />}>
          {t('profiles.view.remove')}
        </Button>
      )}
      {failure !== null && <Failed told={tell(failure)} />}
      <Confirm
        opened={asking}
        title={t('profiles.view.removeTitle')}
        action={t('profiles.view.remove')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id }, { onSuccess: () => void navigate({ to: '/profiles' }) })}
        onClose={() => {
          setAsking(false)
          remove.reset()
        }}
      >
        <Text>{t('profiles.view.removeText', { id })}</Text>
        {remove.error && <Failed told={tell(remove.error)} />}
      </Confirm>
    </>
  )
}
