// Runs inside the sandbox before the page. The page gets these three and no other way into the desktop.
import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopBridge } from '#shared/system/desktop.ts'

const flag = '--hearthgrid-version='

const bridge: DesktopBridge = {
  version: process.argv.find((word) => word.startsWith(flag))?.slice(flag.length) ?? '',
  badge: (count) => ipcRenderer.send('hearthgrid:badge', count),
  show: () => ipcRenderer.send('hearthgrid:show'),
}
contextBridge.exposeInMainWorld('desktop', bridge)
