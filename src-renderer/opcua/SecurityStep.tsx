import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OpcuaEndpoint } from '#shared/opcua/contract.ts'
import { useAction, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { CertificateCard } from './CertificateCard.tsx'
import { loginOf, whereOf, type Draft, type Identity } from './draft.ts'
import { EndpointChoice } from './EndpointChoice.tsx'
import { IdentityFields } from './IdentityFields.tsx'
import { OwnCertificate } from './OwnCertificate.tsx'
import type { StepProps } from './step.ts'
import classes from './Opcua.module.css'

type SecurityStepProps = StepProps & { setSecret: (secret: string) => void }

const rank = { strong: 0, old: 1, none: 2, refused: 3 }
const modeRank = { SignAndEncrypt: 0, Sign: 1, None: 2 }

/** The best way in first. */
const byWorth = (a: OpcuaEndpoint, b: OpcuaEndpoint) => rank[a.worth] - rank[b.worth] || modeRank[a.mode] - modeRank[b.mode]

/** How the server is entered: which security, whose certificate, who signs in. Going on tries it. */
export function SecurityStep({ draft, change, secret, setSecret, go }: SecurityStepProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const where = whereOf(draft)
  const offers = useCall('opcua.endpoints', where ?? { host: '' }, { enabled: where !== null })
  const enter = useAction('opcua.browse')
  if (offers.error) return <Failed told={tell(offers.error)} onRetry={() => void offers.refetch()} />
  if (!offers.data) return <Loading rows={4} />
  const sorted = offers.data.toSorted(byWorth)
  const usable = sorted.filter(({ worth }) => worth !== 'refused')
  const chosen = usable.find(({ policy, mode }) => policy === draft.policy && mode === draft.mode) ?? usable[0]
  const ready = chosen !== undefined && mayEnter(chosen, draft)
  const pick = ({ policy, mode, identities }: OpcuaEndpoint) =>
    change({ policy, mode, identity: identities.includes(draft.identity) ? draft.identity : (identities[0] ?? 'anonymous') })
  const proceed = () => {
    if (!chosen) return
    const next = { policy: chosen.policy, mode: chosen.mode, identity: identityFor(chosen, draft.identity) }
    change(next)
    enter.mutate({ ...loginOf({ ...draft, ...next, base: '' }, secret) }, { onSuccess: () => go(2) })
  }
  if (!chosen) return <Failed told={{ code: 'opcua.policyRefused', title: t('opcua.noWay'), hint: t('opcua.noWayHint') }} />
  const identity = identityFor(chosen, draft.identity)
  return (
    <div className={classes['columns']}>
      <Panel title={t('opcua.ways')}>
        <EndpointChoice offers={sorted} chosen={chosen} onChoose={pick} />
      </Panel>
      <Stack gap="md">
        {chosen.mode !== 'None' && chosen.certificate && where && (
          <CertificateCard where={where} certificate={chosen.certificate} trust={chosen.trust} onTrusted={() => void offers.refetch()} />
        )}
        <Panel title={t('opcua.who')}>
          <Stack gap="sm">
            <IdentityFields
              offered={chosen.identities}
              identity={identity}
              user={draft.user}
              secret={secret}
              plain={chosen.mode === 'None'}
              onChange={change}
              onSecret={setSecret}
            />
            {enter.error && (
              <Failed told={tell(enter.error)}>
                {'code' in enter.error && enter.error.code === 'opcua.ownCertificateRefused' && <OwnCertificate />}
              </Failed>
            )}
            {!ready && chosen.mode !== 'None' && chosen.trust !== 'yes' && (
              <Text size="sm" c="dimmed">
                {t('opcua.trustFirst')}
              </Text>
            )}
            <Button onClick={proceed} loading={enter.isPending} disabled={!ready}>
              {t('opcua.enter')}
            </Button>
          </Stack>
        </Panel>
      </Stack>
    </div>
  )
}

function identityFor({ identities }: OpcuaEndpoint, wanted: Identity): Identity {
  return identities.includes(wanted) ? wanted : (identities[0] ?? 'anonymous')
}

function mayEnter(offer: OpcuaEndpoint, draft: Draft): boolean {
  const known = offer.mode === 'None' || offer.trust === 'yes'
  return known && (identityFor(offer, draft.identity) !== 'password' || draft.user.trim() !== '')
}
