import type { Icon } from '@tabler/icons-react'
import type { ParseKeys } from 'i18next'
import type { ComponentType } from 'react'
import type { Role } from '#shared/contract.ts'
import type { OpenDevice } from './device-context.ts'

export type Screen = {
  path: string
  title: ParseKeys<'ui'>
  icon: Icon
  role: Role
  /** Shown in the navigation. */
  menu: boolean
  /** Stays in reach of the thumb on a phone; five places at most. */
  daily?: true
  /** Page of docs/manual that explains it. */
  help: string
  /** A tab that only some devices have. */
  shown?: (device: OpenDevice) => boolean
  load: () => Promise<{ Screen: ComponentType }>
}
