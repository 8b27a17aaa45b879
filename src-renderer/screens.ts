import {
  IconActivity,
  IconAddressBook,
  IconApi,
  IconBuildingEstate,
  IconDatabase,
  IconHandStop,
  IconFileUpload,
  IconGauge,
  IconHelpCircle,
  IconHome,
  IconListSearch,
  IconMathFunction,
  IconMathFunction,
  IconPlug,
  IconPlugConnected,
  IconRouter,
  IconSettings,
  IconSitemap,
  IconTable,
  IconTableOptions,
  IconChartLine,
  IconStethoscope,
  IconTopologyStar3,
  type Icon,
} from '@tabler/icons-react'
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

/** The site map. Whoever adds a screen adds a row here. */
export const screens: readonly Screen[] = [
  {
    path: '/',
    title: 'start.title',
    icon: IconHome,
    role: 'readonly',
    menu: false,
    help: 'start',
    load: () => import('./devices/StartScreen.tsx').then((file) => ({ Screen: file.StartScreen })),
  },
  {
    path: '/devices',
    title: 'devices.title',
    icon: IconBuildingEstate,
    role: 'readonly',
    menu: true,
    daily: true,
    help: 'devices',
    load: () => import('./devices/DeviceListScreen.tsx').then((file) => ({ Screen: file.DeviceListScreen })),
  },
  {
    path: '/connect',
    title: 'connect.title',
    icon: IconPlugConnected,
    role: 'full',
    menu: true,
    help: 'connect',
    load: () => import('./devices/ConnectScreen.tsx').then((file) => ({ Screen: file.ConnectScreen })),
  },
  {
    path: '/connect/opcua',
    title: 'opcua.title',
    icon: IconSitemap,
    role: 'full',
    menu: false,
    help: 'opcua',
    load: () => import('./opcua/OpcuaScreen.tsx').then((file) => ({ Screen: file.OpcuaScreen })),
  },
  {
    path: '/gateways',
    title: 'ingest.title',
    icon: IconRouter,
    role: 'full',
    menu: true,
    help: 'gateways',
    load: () => import('./ingest/GatewayScreen.tsx').then((file) => ({ Screen: file.GatewayScreen })),
  },
  {
    path: '/connect/table',
    title: 'table.title',
    icon: IconFileUpload,
    role: 'full',
    menu: false,
    help: 'connect',
    load: () => import('./devices/commission/TableScreen.tsx').then((file) => ({ Screen: file.TableScreen })),
  },
  {
    path: '/meters',
    title: 'meters.title',
    icon: IconGauge,
    role: 'readonly',
    menu: true,
    daily: true,
    help: 'meters',
    load: () => import('./meters/MetersScreen.tsx').then((file) => ({ Screen: file.MetersScreen })),
  },
  {
    path: '/charts',
    title: 'charts.title',
    icon: IconChartLine,
    role: 'readonly',
    menu: true,
    help: 'charts',
    load: () => import('./charts/ChartsScreen.tsx').then((file) => ({ Screen: file.ChartsScreen })),
  },
  {
    path: '/readings',
    title: 'readings.title',
    icon: IconTable,
    role: 'readonly',
    menu: true,
    help: 'readings',
    load: () => import('./readings/ReadingsScreen.tsx').then((file) => ({ Screen: file.ReadingsScreen })),
  },
  {
    path: '/live',
    title: 'live.title',
    icon: IconActivity,
    role: 'readonly',
    menu: true,
    help: 'live-chart',
    load: () => import('./live-chart/LiveScreen.tsx').then((file) => ({ Screen: file.LiveScreen })),
  },
  {
    path: '/overview',
    title: 'overview.menu',
    icon: IconTableOptions,
    role: 'readonly',
    menu: true,
    help: 'overview',
    load: () => import('./overview/OverviewScreen.tsx').then((file) => ({ Screen: file.OverviewScreen })),
  },
  {
    path: '/communication',
    title: 'communication.title',
    icon: IconTopologyStar3,
    role: 'readonly',
    menu: true,
    daily: true,
    help: 'communication',
    load: () => import('./acquisition/CommunicationScreen.tsx').then((file) => ({ Screen: file.CommunicationScreen })),
  },
  {
    path: '/communication/$device',
    title: 'doctor.title',
    icon: IconStethoscope,
    role: 'basic',
    menu: false,
    help: 'line',
    load: () => import('./acquisition/LineScreen.tsx').then((file) => ({ Screen: file.LineScreen })),
  },
  {
    path: '/overrides',
    title: 'overrides.title',
    icon: IconHandStop,
    role: 'readonly',
    menu: true,
    daily: true,
    help: 'overrides',
    load: () => import('./overrides/OverridesScreen.tsx').then((file) => ({ Screen: file.OverridesScreen })),
  },
  {
    path: '/virtual',
    title: 'virtual.title',
    icon: IconMathFunction,
    role: 'readonly',
    menu: true,
    help: 'virtual',
    load: () => import('./virtual/FormulaScreen.tsx').then((file) => ({ Screen: file.FormulaScreen })),
  },
  {
    path: '/virtual/edit',
    title: 'virtual.title',
    icon: IconMathFunction,
    role: 'full',
    menu: false,
    help: 'virtual',
    load: () => import('./virtual/EditorScreen.tsx').then((file) => ({ Screen: file.EditorScreen })),
  },
  {
    path: '/virtual',
    title: 'virtual.title',
    icon: IconMathFunction,
    role: 'readonly',
    menu: true,
    help: 'virtual',
    load: () => import('./virtual/FormulaScreen.tsx').then((file) => ({ Screen: file.FormulaScreen })),
  },
  {
    path: '/virtual/edit',
    title: 'virtual.title',
    icon: IconMathFunction,
    role: 'full',
    menu: false,
    help: 'virtual',
    load: () => import('./virtual/EditorScreen.tsx').then((file) => ({ Screen: file.EditorScreen })),
  },
  {
    path: '/profiles',
    title: 'profiles.title',
    icon: IconListSearch,
    role: 'readonly',
    menu: true,
    help: 'controllers',
    load: () => import('./profiles/CoverageScreen.tsx').then((file) => ({ Screen: file.CoverageScreen })),
  },
  {
    path: '/profiles/view',
    title: 'profiles.title',
    icon: IconListSearch,
    role: 'readonly',
    menu: false,
    help: 'controllers',
    load: () => import('./profiles/ProfileScreen.tsx').then((file) => ({ Screen: file.ProfileScreen })),
  },
  {
    path: '/profiles/edit',
    title: 'profiles.edit.title',
    icon: IconListSearch,
    role: 'full',
    menu: false,
    help: 'point-editor',
    load: () => import('./profiles/EditorScreen.tsx').then((file) => ({ Screen: file.EditorScreen })),
  },
  {
    path: '/storage',
    title: 'storing.title',
    icon: IconDatabase,
    role: 'readonly',
    menu: true,
    help: 'storage',
    load: () => import('./storage/StorageScreen.tsx').then((file) => ({ Screen: file.StorageScreen })),
  },
  {
    path: '/help/$page',
    title: 'help.title',
    icon: IconHelpCircle,
    role: 'readonly',
    menu: false,
    help: 'start',
    load: () => import('./system/HelpScreen.tsx').then((file) => ({ Screen: file.HelpScreen })),
  },
]

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

/** Served by the host itself, outside this page. */
export const apiPage = { path: '/api-page/', title: 'api.title', icon: IconApi } as const

/** The help page that belongs to an address. */
export function helpFor(path: string): string {
  const tab = /^\/devices\/[^/]+(\/[^/]+)?\/?$/.exec(path)
  if (tab) return deviceTabs.find((one) => one.path === (tab[1] ?? '/'))?.help ?? 'values'
  const fits = ({ path: pattern }: Screen) => new RegExp(`^${pattern.replaceAll(/\$\w+/g, '[^/]+')}/?$`).test(path)
  return screens.find(fits)?.help ?? 'start'
}
