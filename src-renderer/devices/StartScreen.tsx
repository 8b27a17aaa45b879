import { Button, Stack, Text, Title } from '@mantine/core'
import { IconFlask2, IconPlugConnected, type Icon } from '@tabler/icons-react'
import { Link, Navigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { DemoDoor } from './DemoDoor.tsx'
import classes from './StartScreen.module.css'

/** The first minute: nothing is connected yet, and there are two ways to change that. */
export function StartScreen() {
  const { t } = useTranslation()
  const devices = useCall('devices.list', {})
  const tell = useFailureText()
  const { may } = useActor()
  if (devices.error && !devices.data) return <Failed told={tell(devices.error)} onRetry={() => void devices.refetch()} centred />
  if (!devices.data) return <Loading />
  if (devices.data.length > 0) return <Navigate to="/devices" replace />
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('start.welcome')}</Title>
      <Text c="dimmed" maw={560}>
        {t('start.explain')}
      </Text>
      <div className={classes['doors']}>
        <Door icon={IconPlugConnected} title={t('start.connect')} text={t('start.connectHint')}>
          <Button component={Link} to="/connect" disabled={!may('full')}>
            {t('start.connect')}
          </Button>
        </Door>
        <Door icon={IconFlask2} title={t('start.demo')} text={t('start.demoHint')}>
          <DemoDoor />
        </Door>
      </div>
    </div>
  )
}

function Door({ icon: Drawing, title, text, children }: { icon: Icon; title: string; text: string; children: ReactNode }) {
  return (
    <section className={classes['door']}>
      <Drawing size={34} stroke={1.3} aria-hidden />
      <Title order={2}>{title}</Title>
      <Text className={classes['text'] ?? ''}>{text}</Text>
      <Stack gap="xs" align="flex-start">
        {children}
      </Stack>
    </section>
  )
}
