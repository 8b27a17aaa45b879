import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { devicePath, deviceTabs } from './device-tabs.ts'
import { screens } from './screens.ts'
import { DeviceFrame } from './devices/DeviceFrame.tsx'
import { Shell } from './shell/Shell.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { ScreenBroken } from './shell/ScreenBroken.tsx'
import { Loading } from './ui/Loading.tsx'

/** The addresses of the program, made from the site map. Search parameters stay plain text. */
export function makeRouter() {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
  const device = createRoute({ getParentRoute: () => root, path: devicePath, component: DeviceFrame })
  device.addChildren(
    deviceTabs.map((tab) =>
      createRoute({ getParentRoute: () => device, path: tab.path, component: lazyRouteComponent(tab.load, 'Screen') }),
    ),
  )
  const pages = screens.map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: lazyRouteComponent(screen.load, 'Screen') }),
  )
  return createRouter({
    routeTree: root.addChildren([...pages, device]),
    defaultPendingComponent: Loading,
    defaultErrorComponent: ScreenBroken,
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const rows = Object.entries(search).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, String(value)]]))
      return rows.length > 0 ? `?${new URLSearchParams(rows)}` : ''
    },
  })
}
