import { useState } from 'react'
import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gateway } from '#shared/ingest/contract.ts'
import { useAction } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { TokenShown } from './TokenShown.tsx'

/** A new token, an end of the token, an end of the gateway. */
export function GatewayActions({ gateway: { id, name, path, tokenMadeAt, devices } }: { gateway: Gateway }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [asking, setAsking] = useState<'make' | 'revoke' | 'remove' | null>(null)
  const make = useAction('ingest.makeToken')
  const revoke = useAction('ingest.revokeToken')
  const remove = useAction('ingest.removeGateway')
  const failure = make.error ?? revoke.error ?? remove.error
  const close = () => {
    setAsking(null)
    make.reset()
  }
  const run = () => {
    if (asking === 'make') return make.mutate({ id })
    const action = asking === 'revoke' ? revoke : remove
    action.mutate({ id }, { onSettled: close })
  }
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => setAsking('make')}>
        {t('ingest.newToken')}
      </Button>
      {tokenMadeAt !== null && (
        <Button size="xs" variant="default" onClick={() => setAsking('revoke')}>
          {t('ingest.revoke')}
        </Button>
      )}
      {devices === 0 && (
        <Button size="xs" variant="default" onClick={() => setAsking('remove')}>
          {t('ingest.remove')}
        </Button>
      )}
      {failure && <Failed told={tell(failure)} />}
      {make.data ? (
        <Modal opened onClose={close} title={name} centered size="lg" transitionProps={{ duration: 0 }} closeOnClickOutside={false}>
          <TokenShown path={path} token={make.data.token} onDone={close} />
        </Modal>
      ) : (
        asking && (
          <Confirm
            opened
            title={t(`ingest.ask.${asking}.title`, { name })}
            action={t(`ingest.ask.${asking}.action`)}
            busy={make.isPending || revoke.isPending || remove.isPending}
            onConfirm={run}
            onClose={close}
          >
            {t(`ingest.ask.${asking}.text`)}
          </Confirm>
        )
      )}
    </Group>
  )
}
