import { Button, Drawer } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconListSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Selected } from './selected.ts'
import { SelectionBody } from './SelectionBody.tsx'
import classes from './SelectionPicker.module.css'

export type SelectionPickerProps = {
  chosen: readonly Selected[]
  /** So many points may be chosen. */
  most: number
  /** Called with every change, the chosen series in their order. */
  onChange: (series: number[]) => void
}

/** The button that opens a drawer in which points of any devices are chosen. */
export function SelectionPicker({ chosen, most, onChange }: SelectionPickerProps) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <>
      <Button variant="default" leftSection={<IconListSearch size={17} stroke={1.6} />} onClick={open}>
        {t('selection.choose', { count: chosen.length })}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size={phone ? '100%' : 560}
        title={t('selection.title')}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': t('selection.done') }}
        classNames={{ content: classes['content'] ?? '', body: classes['body'] ?? '' }}
      >
        {opened && <SelectionBody chosen={chosen} most={most} onChange={onChange} onDone={close} />}
      </Drawer>
    </>
  )
}
