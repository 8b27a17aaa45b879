import { useEffect, useState, type ComponentType } from 'react'
import { Kbd, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import classes from './DeviceSearch.module.css'

type Dialog = ComponentType<{ devices: readonly Device[]; onClose: () => void }>

/** Finds a device by name, place or application from anywhere: Ctrl+K, a few letters, arrows, Enter. */
export function DeviceSearch({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  useHotkeys([['mod+K', () => setOpened(true)]], [])
  // No part of the first picture, but there before the first letter: what is typed after the keys must not be lost.
  const [Dialog, setDialog] = useState<Dialog>()
  useEffect(() => void import('./SearchDialog.tsx').then((file) => setDialog(() => file.SearchDialog)), [])
  return (
    <>
      <UnstyledButton
        className={classes['field']}
        onClick={() => setOpened(true)}
        aria-keyshortcuts="Control+K"
        aria-label={t('search.open')}
      >
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className={classes['label']}>{t('search.open')}</span>
        <Kbd size="xs" className={classes['keys'] ?? ''}>
          {t('search.keys')}
        </Kbd>
      </UnstyledButton>
      {opened && Dialog && <Dialog devices={devices} onClose={() => setOpened(false)} />}
    </>
  )
}
