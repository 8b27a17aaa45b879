import { useState } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconPlugX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/inputs/contract.ts'
import { useDevice } from '../device-context.ts'
import { useAction, useActor, useCall, useReadings } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { InputDialog } from './InputDialog.tsx'
import { rawText } from './raw.ts'
import classes from './InputsTab.module.css'

/** The inputs that the application leaves free, what is read from them now, and what a person says it means. */
export function InputsTab() {
  const { t } = useTranslation()
  const device = useDevice()
  const tell = useFailureText()
  const names = usePointNames()
  const { may } = useActor()
  const { data, error, refetch } = useCall('inputs.list', { id: device.id })
  const [opened, setOpened] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Input | null>(null)
  const remove = useAction('inputs.remove')
  const reading = useReadings((data ?? []).map(({ series }) => series))
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={6} height={44} />
  const inputs = data.filter(({ served }) => served)
  if (inputs.length === 0) return <Empty icon={IconPlugX} title={t('inputs.none.title')} hint={t('inputs.none.hint')} />
  const name = ({ input }: Input) => names.full({ id: input, title: null })
  const chosen = inputs.find(({ input }) => input === opened)
  return (
    <Panel title={t('inputs.title')} flush>
      <Text size="sm" c="dimmed" className={classes['note']}>
        {t('inputs.note')}
      </Text>
      {remove.error && <Failed told={tell(remove.error)} />}
      <ul className={classes['list']}>
        {inputs.map((one) => (
          <li key={one.input} className={classes['row']} data-input={one.input}>
            <div>
              <strong>{name(one)}</strong>
              <Text size="sm" c="dimmed">
                {one.config ? `${one.config.name} · ${t(`inputs.type.${one.config.type}`)}` : t('inputs.free')}
              </Text>
            </div>
            <Text size="sm" className={classes['raw']}>
              {t('inputs.raw', { raw: rawText(one, reading(one.series)) ?? t('inputs.open') })}
            </Text>
            {may('full') && (
              <Group gap="xs" justify="flex-end">
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => setOpened(one.input)}
                  aria-label={`${t('inputs.configure')}: ${name(one)}`}
                >
                  {t('inputs.configure')}
                </Button>
                {one.config && (
                  <Button size="xs" variant="subtle" onClick={() => setRemoving(one)} aria-label={`${t('inputs.remove')}: ${name(one)}`}>
                    {t('inputs.remove')}
                  </Button>
                )}
              </Group>
            )}
          </li>
        ))}
      </ul>
      {chosen && <InputDialog device={device.id} input={chosen} name={name(chosen)} onClose={() => setOpened(null)} />}
      <Confirm
        opened={removing !== null}
        title={t('inputs.removeQuestion', { name: removing?.config?.name ?? '' })}
        action={t('inputs.remove')}
        busy={remove.isPending}
        onConfirm={() => {
          if (removing) remove.mutate({ id: device.id, input: removing.input }, { onSettled: () => setRemoving(null) })
        }}
        onClose={() => setRemoving(null)}
      >
        <Text size="sm">{t('inputs.removeHint')}</Text>
      </Confirm>
    </Panel>
  )
}
