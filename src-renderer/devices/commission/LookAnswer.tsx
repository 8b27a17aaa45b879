import { useState } from 'react'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/devices/contract.ts'
import type { Protocol, TlsTrust } from '#shared/devices/way.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText, type Told } from '../../words.ts'
import { ConnectHelp } from '../ConnectHelp.tsx'
import { FoundPanel, type Labels } from '../FoundPanel.tsx'
import type { Prober } from '../probe.ts'
import { ProbeProgress } from '../ProbeProgress.tsx'
import { TrustCertificate } from '../TrustCertificate.tsx'
import { ProfilePicker } from './ProfilePicker.tsx'

type LookAnswerProps = {
  probe: Prober
  protocol: Protocol
  profile: string | null
  onChoose: (profile: string | null) => void
  onRetry: () => void
  onTrust: (trust: TlsTrust) => void
  labels: Labels
  onLabels: (labels: Labels) => void
  failure: Told | null
  busy: boolean
  onAdd: (finding: Finding, named: Parameters<Parameters<typeof FoundPanel>[0]['onAdd']>[0]) => void
}

/** What came of asking an address; and the list to choose from where a device does not tell what it is. */
export function LookAnswer(props: LookAnswerProps) {
  const { probe, protocol, profile, onChoose, onRetry, onTrust, labels, onLabels, failure, busy, onAdd } = props
  const { t } = useTranslation()
  const tell = useFailureText()
  const [picking, setPicking] = useState(false)
  if (probe.state === 'looking') return <ProbeProgress address={probe.address} startedAt={probe.startedAt} onCancel={probe.forget} />
  if (picking)
    return (
      <Panel title={t('picker.title')}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('picker.hint')}
          </Text>
          <ProfilePicker
            protocol={protocol}
            value={profile}
            onChoose={(chosen) => {
              setPicking(false)
              onChoose(chosen)
            }}
          />
          <Group>
            <Button size="xs" variant="default" onClick={() => setPicking(false)}>
              {t('cancel')}
            </Button>
            {profile !== null && (
              <Button
                size="xs"
                variant="subtle"
                onClick={() => {
                  setPicking(false)
                  onChoose(null)
                }}
              >
                {t('picker.automatic')}
              </Button>
            )}
          </Group>
        </Stack>
      </Panel>
    )
  if (probe.state === 'found')
    return (
      <FoundPanel
        key={`${probe.finding.profile} ${probe.finding.proposedName}`}
        finding={probe.finding}
        labels={labels}
        onLabels={onLabels}
        failure={failure}
        busy={busy}
        onAdd={(named) => onAdd(probe.finding, named)}
        onPick={() => setPicking(true)}
      />
    )
  return (
    <Stack gap="sm">
      {probe.state === 'failed' ? (
        <Failed told={tell(probe.error)} onRetry={onRetry}>
          <TrustCertificate error={probe.error} onTrust={onTrust} />
        </Failed>
      ) : (
        <ConnectHelp />
      )}
      {profile !== null && (
        <Text size="sm" c="dimmed">
          {t('picker.chosen', { profile })}
        </Text>
      )}
      <Group>
        <Button size="xs" variant="subtle" onClick={() => setPicking(true)}>
          {t('picker.open')}
        </Button>
      </Group>
    </Stack>
  )
}
