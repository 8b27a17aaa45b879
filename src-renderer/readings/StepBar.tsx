import { Checkbox, Popover, SegmentedControl, Stack, Text, Button, Group, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { figures as allFigures, steps, type Figure, type Step } from '#shared/history/step.ts'

type StepBarProps = { step: Step; figures: readonly Figure[]; onStep: (step: Step) => void; onFigures: (figures: Figure[]) => void }

/** How finely the readings are summed up, and what is told of each step. */
export function StepBar({ step, figures, onStep, onFigures }: StepBarProps) {
  const { t } = useTranslation()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const choices = steps.map((value) => ({ value, label: t(`readings.step.${value}`) }))
  const toggle = (figure: Figure, on: boolean) => onFigures(allFigures.filter((one) => (one === figure ? on : figures.includes(one))))
  return (
    <Group gap="xs">
      {phone ? (
        <Select
          aria-label={t('readings.step.label')}
          data={choices}
          value={step}
          allowDeselect={false}
          w={150}
          onChange={(value) => value && onStep(value as Step)}
        />
      ) : (
        <SegmentedControl
          value={step}
          onChange={(value) => onStep(value as Step)}
          data={choices}
          transitionDuration={0}
          aria-label={t('readings.step.label')}
        />
      )}
      {step !== 'raw' && (
        <Popover position="bottom-start" trapFocus shadow="md" transitionProps={{ duration: 0 }}>
          <Popover.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} stroke={1.6} />}>
              {figures.map((figure) => t(`readings.figure.${figure}`)).join(', ')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown maw={340}>
            <Stack gap="xs" role="group" aria-label={t('readings.figures.label')}>
              <Text size="xs" c="dimmed">
                {t('readings.figures.choose')}
              </Text>
              {allFigures.map((figure) => (
                <Checkbox
                  key={figure}
                  label={t(`readings.figure.${figure}`)}
                  description={t(`readings.figureHint.${figure}`)}
                  checked={figures.includes(figure)}
                  disabled={figures.length === 1 && figures.includes(figure)}
                  onChange={(event) => toggle(figure, event.currentTarget.checked)}
                />
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </Group>
  )
}
