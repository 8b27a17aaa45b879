import { useCallback, useState } from 'react'
import { useLocalStorage } from '@mantine/hooks'
import type { DesktopBridge } from '#shared/system/desktop.ts'

/** Hearthgrid's own window around this page; undefined in a browser. */
export const desktopBridge = (): DesktopBridge | undefined => (globalThis as { desktop?: DesktopBridge }).desktop

/** `missing`: this browser has no notices, or not over a connection without encryption. `asked`: nobody has been asked yet. */
export type Permission = 'missing' | 'ask' | 'granted' | 'denied'

export function permissionNow(): Permission {
  if (!('Notification' in globalThis) || !globalThis.isSecureContext) return 'missing'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
}

/**
 * Whether alarms are shown by the computer itself, as this browser remembers it, and what the browser says to it. In Hearthgrid's own window
 * it is on from the start. `turn` asks for permission, so only a person's click calls it.
 */
export function useNoticeSetting() {
  const [on, setOn] = useLocalStorage({
    key: 'hearthgrid.alarms.notices',
    defaultValue: desktopBridge() !== undefined,
    getInitialValueInEffect: false,
  })
  const [permission, setPermission] = useState(permissionNow)
  const turn = useCallback(
    async (wanted: boolean) => {
      if (wanted && permissionNow() === 'ask') await Notification.requestPermission()
      setPermission(permissionNow())
      setOn(wanted && permissionNow() === 'granted')
    },
    [setOn],
  )
  return { on: on && permission === 'granted', permission, turn }
}
