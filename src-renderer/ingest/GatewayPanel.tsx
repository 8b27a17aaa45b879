import { useState } from 'react'
import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gateway } from '#shared/ingest/contract.ts'
import { useActor, useNow } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import { FormatForm } from './FormatForm.tsx'
import { GatewayActions } from './GatewayActions.tsx'
import { KeyPanels } from './KeyPanels.tsx'
import { RequestLog } from './RequestLog.tsx'
import { useTallyText } from './tally-text.ts'

/** One gateway: how it is, what it sends, its last requests, and what its fields mean. */
export function GatewayPanel({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { may } = useActor()
  const tally = useTallyText()
  const [tab, setTab] = useState<string | null>('keys')
  const { lastAt, tokenMadeAt } = gateway
  const last =
    lastAt === null ? t('ingest.neverHeard') : t('ingest.lastHeard', { span: format.span(now - lastAt), time: format.timeSeconds(lastAt) })
  return (
    <Panel title={gateway.name} actions={may('admin') && <GatewayActions gateway={gateway} />}>
      <Facts
        rows={[
          [t('ingest.address'), `POST ${location.origin}${gateway.path}`],
          [t('ingest.token'), tokenMadeAt === null ? t('ingest.noToken') : t('ingest.tokenMade', { date: format.dateTime(tokenMadeAt) })],
          [t('ingest.last'), last],
          [
            t('ingest.requests'),
            t('ingest.requestCounts', { taken: format.number(gateway.requests), refused: format.number(gateway.refused) }),
          ],
          [t('ingest.values'), tally(gateway.tally)],
        ]}
      />
      <Tabs value={tab} onChange={setTab} mt="sm" keepMounted={false}>
        <Tabs.List>
          {may('full') && <Tabs.Tab value="keys">{t('ingest.tab.keys')}</Tabs.Tab>}
          {may('admin') && <Tabs.Tab value="requests">{t('ingest.tab.requests')}</Tabs.Tab>}
          {may('admin') && <Tabs.Tab value="format">{t('ingest.tab.format')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="keys" pt="sm">
          {may('full') && <KeyPanels gateway={gateway} />}
        </Tabs.Panel>
        <Tabs.Panel value="requests" pt="sm">
          <RequestLog gateway={gateway} />
        </Tabs.Panel>
        <Tabs.Panel value="format" pt="sm">
          <FormatForm gateway={gateway} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  )
}
