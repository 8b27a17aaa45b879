import { Suspense, lazy, useState } from 'react'
import { Menu, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconFlask2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction, useActor, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import classes from './DemoBadge.module.css'

const Confirm = lazy(() => import('../ui/Confirm.tsx').then((file) => ({ default: file.Confirm })))

/** Says that simulated houses are among the real ones, and ends that. */
export function DemoBadge() {
  const { t } = useTranslation()
  const { data } = useCall('simulator.status', {}, { every: 60_000 })
  const close = useAction('simulator.close')
  const { may } = useActor()
  const tell = useFailureText()
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  if (!data?.running) return null
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} width={280}>
        <Menu.Target>
          <UnstyledButton className={classes['badge']} aria-label={t('demo.badge')}>
            <IconFlask2 size={16} stroke={1.6} aria-hidden />
            <span className={classes['label']}>{t('demo.badge')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {t('demo.about', { count: data.stations, name: data.name })}
            {data.outdoor !== null && <Text size="xs">{t('demo.outdoor', { value: format.number(data.outdoor, 1) })}</Text>}
          </Menu.Label>
          {may('admin') && <Menu.Item onClick={() => setAsking(true)}>{t('demo.close')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Suspense>
          <Confirm
            opened
            title={t('demo.close')}
            action={t('demo.close')}
            busy={close.isPending}
            onClose={() => setAsking(false)}
            onConfirm={() => close.mutate({}, { onSuccess: () => setAsking(false) })}
          >
            <Stack gap="sm">
              <Text>{t('demo.closeQuestion')}</Text>
              {close.error && <Failed told={tell(close.error)} />}
            </Stack>
          </Confirm>
        </Suspense>
      )}
    </>
  )
}
