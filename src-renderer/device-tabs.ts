import { IconAddressBook, IconAlertTriangle, IconChartLine, IconPlug, IconSettings, IconTable } from '@tabler/icons-react'
import type { Screen } from './screen.ts'

export const devicePath = '/devices/$id'

/** The tabs of one device, each with an address of its own below devicePath. */
export const deviceTabs: readonly Screen[] = [
  {
    path: '/',
    title: 'device.tabs.values',
    icon: IconTable,
    role: 'readonly',
    menu: true,
    help: 'values',
    load: () => import('./devices/ValuesTab.tsx').then((file) => ({ Screen: file.ValuesTab })),
  },
  {
    path: '/settings',
    title: 'device.tabs.settings',
    icon: IconSettings,
    role: 'readonly',
    menu: true,
    help: 'settings',
    load: () => import('./devices/SettingsTab.tsx').then((file) => ({ Screen: file.SettingsTab })),
  },
  {
    path: '/chart',
    title: 'device.tabs.chart',
    icon: IconChartLine,
    role: 'readonly',
    menu: true,
    help: 'chart',
    load: () => import('./history/ChartTab.tsx').then((file) => ({ Screen: file.ChartTab })),
  },
  {
    path: '/alarms',
    title: 'alarms.device.tab',
    icon: IconAlertTriangle,
    role: 'readonly',
    menu: true,
    help: 'device-alarms',
    load: () => import('./device-alarms/AlarmsTab.tsx').then((file) => ({ Screen: file.AlarmsTab })),
  },
  {
    path: '/inputs',
    title: 'inputs.tab',
    icon: IconPlug,
    role: 'readonly',
    menu: true,
    help: 'inputs',
    shown: ({ points }) => points.some(({ configurable }) => configurable),
    load: () => import('./inputs/InputsTab.tsx').then((file) => ({ Screen: file.InputsTab })),
  },
  {
    path: '/about',
    title: 'device.tabs.about',
    icon: IconAddressBook,
    role: 'readonly',
    menu: true,
    help: 'about',
    load: () => import('./devices/AboutTab.tsx').then((file) => ({ Screen: file.AboutTab })),
  },
]
