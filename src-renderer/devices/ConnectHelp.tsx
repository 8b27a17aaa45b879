import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import classes from './ConnectScreen.module.css'

/** Where to find the three numbers, while nothing has been asked yet. */
export function ConnectHelp() {
  const { t } = useTranslation()
  return (
    <Panel title={t('connect.before')}>
      <Stack gap="sm">
        <ol className={classes['steps']}>
          <li>{t('connect.step.address')}</li>
          <li>{t('connect.step.unit')}</li>
          <li>{t('connect.step.alone')}</li>
        </ol>
        <Text size="sm" c="dimmed">
          {t('connect.nothingChanged')}
        </Text>
      </Stack>
    </Panel>
  )
}
