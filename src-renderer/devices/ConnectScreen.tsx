import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAction } from '../host.ts'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { AddressForm } from './AddressForm.tsx'
import { addressOf, startDraft, type AddressDraft } from './address-draft.ts'
import { ConnectHelp } from './ConnectHelp.tsx'
import { FoundPanel } from './FoundPanel.tsx'
import { ProbeProgress } from './ProbeProgress.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useProbe } from './probe.ts'
import classes from './ConnectScreen.module.css'

/** From an address to a device in the list: look who answers, give it a name, add it. */
export function ConnectScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<AddressDraft>(startDraft)
  const probe = useProbe()
  const add = useAction('devices.add')
  const address = addressOf(draft)
  const edit = (change: Partial<AddressDraft>) => {
    setDraft({ ...draft, ...change })
    // What was found belongs to the address that was asked, not to the one being typed.
    if (probe.state !== 'idle') probe.forget()
    add.reset()
  }
  return (
    <>
      <PageTop title={t('connect.title')} note={t('connect.note')} />
      <div className={classes['columns']}>
        <AddressForm draft={draft} onChange={edit} onSubmit={() => address && probe.look(address)} busy={probe.state === 'looking'} />
        <div className={classes['answer']}>
          {probe.state === 'idle' && <ConnectHelp />}
          {probe.state === 'looking' && <ProbeProgress address={probe.address} startedAt={probe.startedAt} onCancel={probe.forget} />}
          {probe.state === 'failed' && <Failed told={tell(probe.error)} onRetry={() => address && probe.look(address)} />}
          {probe.state === 'found' && (
            <FoundPanel
              key={probe.finding.proposedName}
              finding={probe.finding}
              failure={add.error ? tell(add.error) : null}
              busy={add.isPending}
              onAdd={(named) =>
                add.mutate(
                  { ...probe.finding.address, ...named },
                  { onSuccess: (device) => void navigate({ to: '/devices/$id', params: { id: device.id } }) },
                )
              }
            />
          )}
        </div>
      </div>
    </>
  )
}
