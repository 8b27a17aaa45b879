import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { Counts } from './TestPanel.tsx'

/** Tests the connection of a device when somebody asks for it. */
export function TestNow({ id }: { id: string }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const test = useAction('devices.test')
  return (
    <Panel title={t('connect.stepName.test')}>
      <Stack gap="sm" align="start">
        {test.data && !test.isPending && (
          <>
            <Text role="status">{t(`test.verdict.${test.data.verdict}`)}</Text>
            <Counts result={test.data} />
          </>
        )}
        {test.error && <Failed told={tell(test.error)} />}
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate({ id })}>
          {test.data ? t('test.again') : t('test.start')}
        </Button>
      </Stack>
    </Panel>
  )
}
