import { useMemo, useState } from 'react'
import { Button, Checkbox, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OpenDevice } from '../device-context.ts'
import { grouped, pointMatches, usePointNames } from '../point-names.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { drawable } from './chosen.ts'
import classes from './PointPicker.module.css'

type PointPickerProps = { device: OpenDevice; chosen: readonly string[]; most: number; onChange: (ids: readonly string[]) => void }

/** Chooses what is drawn, by name or by the maker's number. */
export function PointPicker({ device, chosen, most, onChange }: PointPickerProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const [text, setText] = useState('')
  const groups = useMemo(
    () =>
      grouped(
        drawable(device).filter((point) => pointMatches(point, text, names)),
        names,
      ),
    [device, text, names],
  )
  const full = chosen.length >= most
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <Popover position="bottom-end" trapFocus width={420} transitionProps={{ duration: 0 }} shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconListSearch size={17} stroke={1.6} />}>
          {t('chart.choose', { count: chosen.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <SearchField label={t('chart.search')} value={text} onChange={setText} width="100%" />
          {full && (
            <Text size="xs" c="dimmed">
              {t('chart.full', { count: most })}
            </Text>
          )}
          <ScrollArea.Autosize mah="52vh" offsetScrollbars>
            <Stack gap={6}>
              {groups.length === 0 && <Text c="dimmed">{t('noMatch.title')}</Text>}
              {groups.map((group) => (
                <Stack key={group.key} gap={6} role="group" aria-label={group.title}>
                  <Text size="xs" fw={600} c="dimmed" mt={4}>
                    {group.title}
                  </Text>
                  {group.points.map((point) => {
                    const on = chosen.includes(point.id)
                    return (
                      <Checkbox
                        key={point.id}
                        size="sm"
                        checked={on}
                        disabled={!on && full}
                        classNames={{ labelWrapper: classes['wide'] ?? '' }}
                        label={
                          <span className={classes['label']}>
                            {names.name(point)}
                            <span className={classes['facts']}>{[point.unit, point.number].filter(Boolean).join(' · ')}</span>
                          </span>
                        }
                        onChange={(event) => toggle(point.id, event.currentTarget.checked)}
                      />
                    )
                  })}
                </Stack>
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
