import { useState } from 'react'
import { Button, Group, Stepper } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageTop } from '../ui/PageTop.tsx'
import { FinishStep } from './FinishStep.tsx'
import { MapStep } from './MapStep.tsx'
import { SecurityStep } from './SecurityStep.tsx'
import { ServerStep } from './ServerStep.tsx'
import { useDraft } from './session.ts'
import classes from './Opcua.module.css'

/** From an OPC UA server to a device: where it is, how it is entered, which node is which point, what the device is called. */
export function OpcuaScreen() {
  const { t } = useTranslation()
  const [draft, change, restart] = useDraft()
  // Kept by this page alone; it is neither remembered nor shown.
  const [secret, setSecret] = useState('')
  const go = (step: number) => change({ step })
  const again = () => {
    setSecret('')
    restart()
  }
  const shared = { draft, change, secret, go }
  const steps = ['server', 'security', 'map', 'finish'] as const
  return (
    <>
      <PageTop title={t('opcua.title')} note={t('opcua.note')}>
        {draft.host !== '' && (
          <Button variant="default" onClick={again} leftSection={<IconRefresh size={16} stroke={1.7} aria-hidden />}>
            {t('opcua.restart')}
          </Button>
        )}
      </PageTop>
      <Stepper
        active={draft.step}
        onStepClick={go}
        allowNextStepsSelect={false}
        size="xs"
        iconSize={26}
        className={classes['stepper']}
        classNames={{ steps: classes['steps'] ?? '', content: classes['content'] ?? '' }}
      >
        {steps.map((step) => (
          <Stepper.Step key={step} label={t(`opcua.step.${step}`)} />
        ))}
      </Stepper>
      {draft.step === 0 && <ServerStep {...shared} />}
      {draft.step === 1 && <SecurityStep {...shared} setSecret={setSecret} />}
      {draft.step === 2 && <MapStep {...shared} />}
      {draft.step === 3 && <FinishStep {...shared} onDone={again} />}
      {draft.step > 0 && (
        <Group mt="md">
          <Button variant="subtle" onClick={() => go(draft.step - 1)}>
            {t('opcua.back')}
          </Button>
        </Group>
      )}
    </>
  )
}
