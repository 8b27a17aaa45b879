import { Suspense, lazy, useEffect, useState } from 'react'
import { Kbd, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import classes from './DeviceSearch.module.css'

const load = () => import('./SearchDialog.tsx').then((file) => ({ default: file.SearchDialog }))
const SearchDialog = lazy(load)

/** Finds a device by name, place or application from anywhere: Ctrl+K, a few letters, arrows, Enter. */
export function DeviceSearch({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  useHotkeys([['mod+K', () => setOpened(true)]], [])
  // Not needed for the first picture, and there before somebody has found the keys.
  useEffect(() => void load(), [])
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
      {opened && (
        <Suspense>
          <SearchDialog devices={devices} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
