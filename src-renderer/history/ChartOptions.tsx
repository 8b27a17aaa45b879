import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Address } from '../address.ts'
import { optionNames, optionWord, type ChartOptions as Options } from './options.ts'

type ChartOptionsProps = { options: Options; names?: readonly (keyof Options)[]; onChange: (words: Address) => void }

/** What is drawn beside the chosen lines. */
export function ChartOptions({ options, names = optionNames, onChange }: ChartOptionsProps) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus width={320} transitionProps={{ duration: 0 }} shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={17} stroke={1.6} />}>
          {t('chart.options.label')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {names.map((name) => (
            <Checkbox
              key={name}
              checked={options[name]}
              label={t(`chart.options.${name}`)}
              description={t(`chart.options.${name}Hint`)}
              onChange={(event) => onChange(optionWord(name, event.currentTarget.checked))}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
