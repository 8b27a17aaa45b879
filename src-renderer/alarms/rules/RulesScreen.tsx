import { useState } from 'react'
import { Button, Select, Stack, Switch, Text } from '@mantine/core'
import { IconBellRinging, IconBooks, IconPlus, IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { priorities } from '#shared/alarms/priority.ts'
import { useAddress } from '../../address.ts'
import { useAction, useActor, useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { useFailureText } from '../../words.ts'
import { RuleTable } from './RuleTable.tsx'
import { SpreadPanel } from './SpreadPanel.tsx'
import { TakeRecommended } from './TakeRecommended.tsx'
import { filtered, readSorting, sorted, sortingWord, type RuleRow } from './rule-list.ts'
import classes from './Rules.module.css'

const everyMs = 30_000

/** All alarm rules, how they fare, and whether there are too many urgent ones. */
export function RulesScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const [address, setAddress] = useAddress()
  const removed = address['removed'] === 'yes'
  const { data, error, refetch } = useCall('alarms.rules', {}, { every: everyMs })
  const bin = useCall('alarms.rules', { removed: 'yes' }, { enabled: removed })
  const enable = useAction('alarms.enableRule')
  const remove = useAction('alarms.removeRule')
  const restore = useAction('alarms.restoreRule')
  const [removing, setRemoving] = useState<RuleRow | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={52} />
  const there = data.rules.filter(({ removedAt }) => removedAt === null)
  const gone = bin.data?.rules.filter(({ removedAt }) => removedAt !== null)
  const priority = priorities.find((one) => one === address['priority']) ?? null
  const state = (['on', 'off'] as const).find((one) => one === address['state']) ?? null
  const filter = { text: address['q'] ?? '', priority, state }
  const sorting = readSorting(address['sort'])
  const shown = sorted(filtered(there, filter), sorting)
  const failure = enable.error ?? remove.error ?? restore.error
  const actions = may('full') && (
    <>
      <ButtonLink to="/alarms/rules/library" variant="default" leftSection={<IconBooks size={16} stroke={1.7} />}>
        {t('alarms.rules.library.title')}
      </ButtonLink>
      <ButtonLink to="/alarms/rules/edit" leftSection={<IconPlus size={16} />}>
        {t('alarms.rules.add')}
      </ButtonLink>
    </>
  )
  const table = { onEnable: (row: RuleRow, enabled: boolean) => enable.mutate({ id: row.id, enabled }), onRemove: setRemoving }
  return (
    <>
      <PageTop title={t('alarms.rules.title')} note={t('alarms.rules.count', { count: there.length })}>
        {actions}
      </PageTop>
      {failure && <Failed told={tell(failure)} />}
      {there.length === 0 && !removed ? (
        <Empty icon={IconBellRinging} title={t('alarms.rules.none.title')} hint={t('alarms.rules.none.hint')}>
          {may('full') && <TakeRecommended />}
          <ButtonLink to="/alarms/rules/library" variant="default">
            {t('alarms.rules.none.look')}
          </ButtonLink>
          <Button variant="subtle" onClick={() => setAddress({ removed: 'yes' })}>
            {t('alarms.rules.showRemoved')}
          </Button>
        </Empty>
      ) : (
        <Stack gap="md">
          <SpreadPanel spread={data.spread} />
          <div>
            <div className={classes['tools']}>
              <SearchField label={t('alarms.rules.search')} value={filter.text} onChange={(q) => setAddress({ q: q || undefined })} />
              <Select
                aria-label={t('alarms.rules.field.priority')}
                placeholder={t('alarms.rules.anyPriority')}
                data={priorities.map((one) => ({ value: one, label: t(`alarms.words.priority.${one}`) }))}
                value={priority}
                onChange={(one) => setAddress({ priority: one ?? undefined })}
                clearable
                w={160}
              />
              <Select
                aria-label={t('alarms.rules.state')}
                placeholder={t('alarms.rules.anyState')}
                data={[
                  { value: 'on', label: t('alarms.rules.on') },
                  { value: 'off', label: t('alarms.rules.off') },
                ]}
                value={state}
                onChange={(one) => setAddress({ state: one ?? undefined })}
                clearable
                w={150}
              />
              <Switch
                label={t('alarms.rules.showRemoved')}
                checked={removed}
                onChange={({ currentTarget }) => setAddress({ removed: currentTarget.checked ? 'yes' : undefined })}
              />
            </div>
            {shown.length === 0 ? (
              <Empty icon={IconZoomQuestion} title={t('noMatch.title')} hint={t('noMatch.hint')} />
            ) : (
              <RuleTable rows={shown} sorting={sorting} onSort={(next) => setAddress({ sort: sortingWord(next) })} {...table} />
            )}
          </div>
          {removed && (
            <section aria-label={t('alarms.rules.removed')}>
              <Text component="h2" fw={600} mb={6}>
                {t('alarms.rules.removed')}
              </Text>
              {bin.error && <Failed told={tell(bin.error)} onRetry={() => void bin.refetch()} />}
              {gone === undefined ? null : gone.length === 0 ? (
                <Text c="dimmed">{t('alarms.rules.noneRemoved')}</Text>
              ) : (
                <RuleTable rows={sorted(gone, sorting)} onRestore={({ id }) => restore.mutate({ id })} />
              )}
            </section>
          )}
        </Stack>
      )}
      <Confirm
        opened={removing !== null}
        title={t('alarms.rules.removeQuestion', { name: removing?.name ?? '' })}
        action={t('alarms.rules.remove')}
        busy={remove.isPending}
        onConfirm={() => {
          if (removing) remove.mutate({ id: removing.id }, { onSettled: () => setRemoving(null) })
        }}
        onClose={() => setRemoving(null)}
      >
        <Text size="sm">{t('alarms.rules.removeHint', { count: removing?.active ?? 0 })}</Text>
      </Confirm>
    </>
  )
}
