import { IconBellCog, IconBooks, IconListCheck, IconReportAnalytics } from '@tabler/icons-react'
import type { Screen } from '../screen.ts'

/** Screens of alarms that are reached from their list. */
export const alarmScreens: readonly Screen[] = [
  {
    path: '/alarms/kpi',
    title: 'alarms.kpi.title',
    icon: IconReportAnalytics,
    role: 'readonly',
    menu: false,
    help: 'alarm-kpi',
    load: () => import('./kpi/AlarmKpiScreen.tsx').then((file) => ({ Screen: file.AlarmKpiScreen })),
  },
  {
    path: '/alarms/notify',
    title: 'alarms.notify.title',
    icon: IconBellCog,
    role: 'readonly',
    menu: false,
    help: 'alarm-notify',
    load: () => import('./notify/NotifyScreen.tsx').then((file) => ({ Screen: file.NotifyScreen })),
  },
  {
    path: '/alarms/rules',
    title: 'alarms.rules.title',
    icon: IconListCheck,
    role: 'readonly',
    menu: false,
    help: 'alarm-rules',
    load: () => import('./rules/RulesScreen.tsx').then((file) => ({ Screen: file.RulesScreen })),
  },
  {
    path: '/alarms/rules/edit',
    title: 'alarms.rules.title',
    icon: IconListCheck,
    role: 'readonly',
    menu: false,
    help: 'alarm-rules',
    load: () => import('./rules/EditScreen.tsx').then((file) => ({ Screen: file.EditScreen })),
  },
  {
    path: '/alarms/rules/library',
    title: 'alarms.rules.library.title',
    icon: IconBooks,
    role: 'readonly',
    menu: false,
    help: 'alarm-rules',
    load: () => import('./rules/LibraryScreen.tsx').then((file) => ({ Screen: file.LibraryScreen })),
  },
]
