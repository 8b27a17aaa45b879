import { Button, Group, SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { protocolAt } from '#shared/acquisition/address.ts'
import { useAddress } from '../address.ts'
import { useAction } from '../host.ts'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { AddressForm } from './AddressForm.tsx'
import { addressOf, edited, startDraft, type AddressDraft } from './address-draft.ts'
import { LookAnswer } from './commission/LookAnswer.tsx'
import { nextAfter, sources, startProgress, withAddress, type Source } from './commission/progress.ts'
import { ScanPanel } from './commission/ScanPanel.tsx'
import { Steps } from './commission/Steps.tsx'
import { TestPanel } from './commission/TestPanel.tsx'
import { usePorts } from './commission/use-ports.ts'
import { useProgress } from './commission/use-progress.ts'
import { useProbe } from './probe.ts'
import classes from './ConnectScreen.module.css'

/** From a line or an address to a device that is known to answer: where, what it is and its name, how well it answers. */
export function ConnectScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { progress, ready, change } = useProgress()
  const probe = useProbe()
  const add = useAction('devices.add')
  const ports = usePorts()
  // A page of a device file leads here with its name.
  const [{ profile: asked }, readdress] = useAddress()
  const { source, address: draft, device } = progress
  const profile = progress.profile ?? asked ?? null
  const address = addressOf(draft)
  const forget = () => {
    // What was found belongs to the address that was asked, not to the one being typed.
    if (probe.state !== 'idle') probe.forget()
    add.reset()
  }
  const edit = (typed: Partial<AddressDraft>) => {
    change({ ...progress, address: edited(draft, typed) })
    forget()
  }
  const goTo = (next: Source) => {
    const way = next === 'serial' ? 'modbus-serial' : 'modbus-tcp'
    const fits = next === 'scan' || (next === 'serial') === (draft.way === 'modbus-serial')
    change({ ...progress, source: next, profile: null, address: fits ? draft : { ...startDraft, way } })
    forget()
  }
  const look = (chosen: string | null) => address && probe.look(address, chosen)
  const begin = (next: typeof progress) => {
    change(next)
    forget()
  }
  if (!ready) return <Loading rows={4} height={60} />
  const step = device !== null ? 'test' : probe.state === 'found' ? 'what' : 'where'
  return (
    <>
      <PageTop title={t('connect.title')} note={t('connect.note')}>
        <Button component={Link} to="/connect/opcua" variant="default">
          {t('connect.opcua')}
        </Button>
        <Button component={Link} to="/meters" variant="default">
          {t('connect.meters')}
        </Button>
        <Button component={Link} to="/connect/table" variant="default">
          {t('table.open')}
        </Button>
      </PageTop>
      <Steps now={step} onBack={forget} />
      {device !== null ? (
        <div className={classes['single']}>
          <TestPanel
            id={device}
            onNext={() => begin(nextAfter(progress))}
            onOver={() => change({ ...startProgress, source, tags: progress.tags })}
          />
        </div>
      ) : (
        <>
          <Group mb="md" gap="sm">
            <SegmentedControl
              aria-label={t('connect.way')}
              classNames={{ root: classes['source'] ?? '', label: classes['sourceLabel'] ?? '' }}
              value={source}
              onChange={(next) => goTo(sources.find((one) => one === next) ?? 'network')}
              data={sources.map((value) => ({ value, label: t(`connect.source.${value}`) }))}
            />
          </Group>
          {source === 'scan' ? (
            <ScanPanel
              onConnect={(hit) => {
                begin(withAddress(progress, hit))
                probe.look(hit)
              }}
            />
          ) : (
            <div className={classes['columns']}>
              <AddressForm
                draft={draft}
                ports={ports.paths}
                onChange={edit}
                onSubmit={() => look(profile)}
                busy={probe.state === 'looking'}
              />
              <div className={classes['answer']}>
                <LookAnswer
                  probe={probe}
                  protocol={protocolAt({ host: '', port: 0, unit: 1, way: draft.way })}
                  profile={profile}
                  onChoose={(chosen) => {
                    if (chosen === null) readdress({ profile: undefined })
                    change({ ...progress, profile: chosen })
                    look(chosen)
                  }}
                  onRetry={() => look(profile)}
                  onTrust={(tls) => {
                    const trusted = { ...draft, tls }
                    change({ ...progress, address: trusted })
                    const at = addressOf(trusted)
                    if (at) probe.look(at, profile)
                  }}
                  labels={progress}
                  onLabels={({ name, place, tags }) => change({ ...progress, name, place, tags })}
                  failure={add.error ? tell(add.error) : null}
                  busy={add.isPending}
                  onAdd={(finding, named) =>
                    add.mutate(
                      { ...finding.address, ...named, ...(profile ? { profile } : {}) },
                      {
                        onSuccess: ({ id }) => change({ ...progress, device: id }),
                      },
                    )
                  }
                />
              </div>
            </div>
          )}
        </>
      )}
    </>
  )
}
