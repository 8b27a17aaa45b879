import { join, posix, win32 } from 'node:path'

/** Where programs keep their data on this system, as Electron's `appData` has it, so that window and server find the same. */
export function applicationData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return env['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] || posix.join(home, '.config')
}

/** The data folder when none is named. */
export function dataFolderIn(applicationDataFolder: string): string {
  return join(applicationDataFolder, 'Hearthgrid', 'data')
}
