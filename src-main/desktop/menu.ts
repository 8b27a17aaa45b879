import type { MenuEntry, Shell } from './module.ts'
import type { Text } from './text.ts'

export type MenuPlan = {
  text: Text
  platform: NodeJS.Platform
  developerTools: boolean
  keepRunning: boolean
  onKeepRunning(keep: boolean): void
  openAgain(): void
  quit(): void
}

/** Puts the application menu in place. Called again when the setting in it changes. */
export function setMenu({ Menu }: Pick<Shell, 'Menu'>, plan: MenuPlan): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(plan)))
}

export function menuTemplate(plan: MenuPlan): MenuEntry[] {
  const { text, platform, developerTools } = plan
  const mac = platform === 'darwin'
  const line: MenuEntry = { type: 'separator' }
  const about: MenuEntry = { role: 'about', label: text('menu.about') }
  const quit: MenuEntry = { label: text('menu.quit'), accelerator: 'CmdOrCtrl+Q', click: plan.quit }
  const keep: MenuEntry = {
    label: text('menu.keepRunning'),
    type: 'checkbox',
    checked: plan.keepRunning,
    click: () => plan.onKeepRunning(!plan.keepRunning),
  }
  const program: MenuEntry = {
    label: 'Hearthgrid',
    submenu: [
      about,
      line,
      { role: 'hide', label: text('menu.hide') },
      { role: 'hideOthers', label: text('menu.hideOthers') },
      { role: 'unhide', label: text('menu.showAll') },
      line,
      quit,
    ],
  }
  const tools: MenuEntry[] = developerTools ? [line, { role: 'toggleDevTools', label: text('menu.developerTools') }] : []
  return [
    ...(mac ? [program] : []),
    { label: text('menu.file'), submenu: mac ? [keep] : [keep, line, quit] },
    {
      label: text('menu.edit'),
      submenu: [
        { role: 'undo', label: text('menu.undo') },
        { role: 'redo', label: text('menu.redo') },
        line,
        { role: 'cut', label: text('menu.cut') },
        { role: 'copy', label: text('menu.copy') },
        { role: 'paste', label: text('menu.paste') },
        { role: 'selectAll', label: text('menu.selectAll') },
      ],
    },
    {
      label: text('menu.view'),
      submenu: [
        { label: text('menu.reload'), accelerator: 'CmdOrCtrl+R', click: plan.openAgain },
        line,
        { role: 'resetZoom', label: text('menu.actualSize') },
        { role: 'zoomIn', label: text('menu.zoomIn') },
        { role: 'zoomOut', label: text('menu.zoomOut') },
        line,
        { role: 'togglefullscreen', label: text('menu.fullScreen') },
        ...tools,
      ],
    },
    {
      label: text('menu.window'),
      submenu: [
        { role: 'minimize', label: text('menu.minimise') },
        { role: 'close', label: text('menu.close') },
      ],
    },
    ...(mac ? [] : [{ label: text('menu.help'), submenu: [about] }]),
  ]
}
