import { ActionIcon, Button, Checkbox, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../host.ts'
import { Failed } from '../../../ui/Failed.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { useFailureText } from '../../../words.ts'
import { NumberField } from '../NumberField.tsx'
import { Faults } from './Faults.tsx'
import type { StepProps } from './step.ts'
import classes from '../Wizard.module.css'

const most = 5

/** Whom to tell, and whom when nobody acknowledges. */
export function RecipientsStep({ content, put, problems }: StepProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.notifyNames', {})
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={4} />
  const { notify } = content
  const set = (change: Partial<typeof notify>) => put({ notify: { ...notify, ...change } })
  const step = (at: number, change: Partial<(typeof notify.steps)[number]>) =>
    set({ steps: notify.steps.map((one, i) => (i === at ? { ...one, ...change } : one)) })
  const names = new Map(data.lists.map(({ id, name }) => [id, name]))
  const last = notify.steps.at(-1)?.afterMinutes ?? 0
  const first = data.lists[0]
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {data.lists.length === 0 ? t('alarms.rules.notify.noLists') : t('alarms.rules.notify.hint')}
      </Text>
      {notify.steps.map((one, i) => (
        <div key={i} className={classes['gate']} style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(110px, 180px) 36px' }}>
          <Select
            label={t('alarms.rules.notify.list')}
            data={[...names, ...(names.has(one.list) ? [] : [[one.list, t('alarms.rules.notify.gone')] as const])].map(
              ([value, label]) => ({
                value,
                label,
              }),
            )}
            value={one.list}
            onChange={(list) => step(i, { list: list ?? one.list })}
            allowDeselect={false}
            searchable
          />
          <NumberField
            label={t('alarms.rules.notify.after')}
            unit="min"
            value={one.afterMinutes}
            min={0}
            max={10_080}
            whole
            onChange={(value) => step(i, { afterMinutes: value ?? 0 })}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('alarms.rules.notify.drop', { number: i + 1 })}
            onClick={() => set({ steps: notify.steps.filter((_one, place) => place !== i) })}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </div>
      ))}
      {first && notify.steps.length < most && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => set({ steps: [...notify.steps, { list: first.id, afterMinutes: notify.steps.length === 0 ? 0 : last + 30 }] })}
        >
          {notify.steps.length === 0 ? t('alarms.rules.notify.add') : t('alarms.rules.notify.escalate')}
        </Button>
      )}
      {notify.steps.length === 0 && <Text size="sm">{t('alarms.rules.notify.nobody')}</Text>}
      <Checkbox
        label={t('alarms.rules.notify.resolved')}
        checked={notify.resolved}
        onChange={({ currentTarget }) => set({ resolved: currentTarget.checked })}
      />
      <Faults problems={problems} step="recipients" />
    </Stack>
  )
}
