import { useState } from 'react'
import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pointClasses, type PointClass, type Retention } from '#shared/history/storage-contract.ts'
import { useAction, useActor, useCall } from '../host.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './Storage.module.css'

const choices = [3, 6, 12, 24, 36, 60, 120]
const forEver = 'ever'

/** How long every sample of each class of point is kept. Keeping less asks once more, since it cannot be undone. */
export function RetentionPanel() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error } = useCall('history.retention', {})
  if (!data) return error ? <Failed told={tell(error)} /> : <Loading rows={2} />
  return (
    <Panel title={t('storing.retention.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('storing.retention.note')}
      </Text>
      <Form key={JSON.stringify(data.retention)} now={data.retention} points={data.points} />
    </Panel>
  )
}

function Form({ now, points }: { now: Retention; points: Partial<Record<PointClass, number>> }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const { may } = useActor()
  const set = useAction('history.setRetention')
  const [wanted, setWanted] = useState(now)
  const [asking, setAsking] = useState(false)
  const changed = pointClasses.some((name) => wanted[name] !== now[name])
  const less = pointClasses.some((name) => (wanted[name] ?? Infinity) < (now[name] ?? Infinity))
  const save = () => set.mutate(wanted, { onSettled: () => setAsking(false) })
  const label = (months: number | null) => {
    if (months === null) return t('storing.retention.ever')
    return months % 12 === 0 ? t('storing.retention.years', { count: months / 12 }) : t('storing.retention.months', { count: months })
  }
  return (
    <>
      <div className={classes['classes']}>
        {pointClasses.map((name) => {
          const own = wanted[name]
          const months = own === null || choices.includes(own) ? choices : [...choices, own].toSorted((a, b) => a - b)
          return (
            <NativeSelect
              key={name}
              label={t(`storing.retention.class.${name}`)}
              description={t('storing.retention.points', { count: points[name] ?? 0, points: format.number(points[name] ?? 0) })}
              data={[null, ...months].map((value) => ({ value: value === null ? forEver : String(value), label: label(value) }))}
              value={own === null ? forEver : String(own)}
              disabled={!may('admin')}
              onChange={({ currentTarget: { value } }) => setWanted({ ...wanted, [name]: value === forEver ? null : Number(value) })}
            />
          )
        })}
      </div>
      {set.error && <Failed told={tell(set.error)} />}
      {changed && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setWanted(now)}>
            {t('cancel')}
          </Button>
          <Button loading={set.isPending} onClick={() => (less ? setAsking(true) : save())}>
            {t('save')}
          </Button>
        </Group>
      )}
      <Confirm
        opened={asking}
        title={t('storing.retention.askTitle')}
        action={t('storing.retention.ask')}
        busy={set.isPending}
        onConfirm={save}
        onClose={() => setAsking(false)}
      >
        <Text size="sm">{t('storing.retention.askHint')}</Text>
      </Confirm>
    </>
  )
}
