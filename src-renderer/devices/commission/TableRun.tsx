import { useState } from 'react'
import { Button, Checkbox, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { tableRowStates, type ImportRun } from '#shared/commissioning/table.ts'
import { useAction, useHost } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { download } from './table-file.ts'
import { TableRows } from './TableRows.tsx'

type Filter = (typeof tableRowStates)[number] | 'all'

/** What a table would bring and brings: counts, what to do with it, and its rows. */
export function TableRun({ run }: { run: ImportRun }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { call } = useHost()
  const [filter, setFilter] = useState<Filter>('all')
  const [unseen, setUnseen] = useState(false)
  const [plainOutside, setConsent] = useState(false)
  const [saving, setSaving] = useState<unknown>(null)
  const ask = useAction('commissioning.askTable')
  const bring = useAction('commissioning.importTable')
  const cancel = useAction('commissioning.cancelTable')
  const busy = run.state === 'asking' || run.state === 'adding'
  const open = run.counts.new + run.counts.found + run.counts.failed
  const failure = ask.error ?? bring.error ?? cancel.error ?? saving
  const save = () => {
    setSaving(null)
    call('commissioning.tableResult', { id: run.id }).then(download, setSaving)
  }
  return (
    <Panel
      title={t(`table.state.${run.state}`)}
      actions={
        <Button size="xs" variant="default" onClick={save}>
          {t('table.result')}
        </Button>
      }
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('table.read', { count: run.rows, encoding: run.encoding, separator: run.separator === '\t' ? 'Tab' : run.separator })}
          {run.ignored.length > 0 && ` ${t('table.ignored', { columns: run.ignored.join(', ') })}`}
        </Text>
        {busy ? (
          <>
            <Progress value={(100 * run.done) / Math.max(1, run.total)} aria-label={t('table.progress')} transitionDuration={200} />
            <Group justify="space-between">
              <Text size="sm" role="status">
                {t('table.done', { done: run.done, total: run.total })}
              </Text>
              <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id: run.id })}>
                {t('cancel')}
              </Button>
            </Group>
          </>
        ) : (
          open > 0 && (
            <>
              <Checkbox label={t('table.unseen')} checked={unseen} onChange={(event) => setUnseen(event.currentTarget.checked)} />
              <Checkbox
                label={t('found.plainOutside')}
                checked={plainOutside}
                onChange={(event) => setConsent(event.currentTarget.checked)}
              />
              <Group>
                <Button loading={bring.isPending} onClick={() => bring.mutate({ id: run.id, unseen, plainOutside })}>
                  {t('table.add', { count: open })}
                </Button>
                <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate({ id: run.id })}>
                  {t('table.ask')}
                </Button>
              </Group>
            </>
          )
        )}
        {failure !== null && failure !== undefined && <Failed told={tell(failure)} />}
        <SegmentedControl
          aria-label={t('table.filter')}
          value={filter}
          onChange={(next) => setFilter(tableRowStates.find((state) => state === next) ?? 'all')}
          style={{ alignSelf: 'start', maxWidth: '100%', overflowX: 'auto' }}
          data={[
            { value: 'all', label: t('table.all', { rows: run.rows }) },
            ...tableRowStates
              .filter((state) => run.counts[state] > 0)
              .map((state) => ({ value: state, label: t(`table.rowState.${state}`, { rows: run.counts[state] }) })),
          ]}
        />
        <TableRows id={run.id} {...(filter === 'all' ? {} : { state: filter })} busy={busy} key={filter} />
      </Stack>
    </Panel>
  )
}
