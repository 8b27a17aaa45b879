import { Button, Drawer, SegmentedControl, Text } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconBuildingEstate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import type { Address } from '../address.ts'
import picker from '../selection/SelectionPicker.module.css'
import { listWord, type Choice } from './choice.ts'
import { HandList } from './HandList.tsx'
import { RuleFields } from './RuleFields.tsx'

type DevicePickerProps = { devices: readonly Device[]; choice: Choice; shown: number; onChange: (words: Address) => void }

/** Chooses the devices: by a rule that new devices join, or one by one. */
export function DevicePicker({ devices, choice, shown, onChange }: DevicePickerProps) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const byHand = choice.devices !== null
  return (
    <>
      <Button variant="default" leftSection={<IconBuildingEstate size={17} stroke={1.6} />} onClick={open}>
        {t('overview.devices', { count: shown })}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size={phone ? '100%' : 520}
        title={t('overview.chooseDevices')}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': t('selection.done') }}
        classNames={{ content: picker['content'] ?? '', body: picker['body'] ?? '' }}
      >
        {opened && (
          <>
            <SegmentedControl
              value={byHand ? 'hand' : 'rule'}
              onChange={(way) => onChange({ devices: way === 'hand' ? listWord([]) : undefined })}
              data={[
                { value: 'rule', label: t('overview.byRule') },
                { value: 'hand', label: t('overview.byHand') },
              ]}
              transitionDuration={0}
              fullWidth
              flex="none"
            />
            <Text size="sm" c="dimmed">
              {byHand ? t('overview.byHandHint') : t('overview.byRuleHint')}
            </Text>
            {choice.devices === null ? (
              <RuleFields devices={devices} rule={choice.rule} onChange={onChange} />
            ) : (
              <HandList devices={devices} chosen={choice.devices} onChange={(ids) => onChange({ devices: listWord(ids) })} />
            )}
            <div className={picker['foot']}>
              <Text size="sm" c="dimmed" role="status">
                {t('overview.devices', { count: shown })}
              </Text>
              <Button onClick={close}>{t('selection.done')}</Button>
            </div>
          </>
        )}
      </Drawer>
    </>
  )
}
