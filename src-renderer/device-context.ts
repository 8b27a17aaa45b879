import { createContext, use } from 'react'
import type { CallOutput } from '#shared/api.ts'

export type OpenDevice = CallOutput<'devices.get'>

export const DeviceContext = createContext<OpenDevice | undefined>(undefined)

/** The device whose page is open; for its tabs. */
export function useDevice(): OpenDevice {
  const device = use(DeviceContext)
  if (!device) throw new Error('no DeviceContext above')
  return device
}
