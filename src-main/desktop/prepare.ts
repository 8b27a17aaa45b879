import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolderIn } from '../data-folder.ts'
import { LogFile, type Log } from '../log.ts'
import type { ShellApp } from './module.ts'
import { readOptions, type DesktopOptions } from './options.ts'
import { StateFile } from './state.ts'
import { openText, type Text } from './text.ts'

export type Prepared = {
  options: DesktopOptions
  dataFolder: string
  /** Folder with the log, named in messages. */
  folder: string
  file: LogFile
  log: Log
  memory: StateFile
  text: Text
  language: string
}

/** What must be there before anything can be shown. Undefined when the program runs already on this folder. Throws when the disk refuses. */
export function prepare(app: ShellApp, words: readonly string[], locales: string, clock: () => number): Prepared | undefined {
  const options = readOptions(words)
  if (options.data) {
    const own = join(options.data, 'window')
    mkdirSync(own, { recursive: true, mode: 0o700 })
    app.setPath('userData', own)
  }
  if (!app.requestSingleInstanceLock()) return undefined

  const dataFolder = options.data ?? dataFolderIn(app.getPath('appData'))
  const folder = join(dataFolder, 'log')
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  // Beside the host's log, not in it: two writers would turn one file over twice.
  const file = new LogFile(join(folder, 'desktop'), clock)
  const log = file.scope('desktop')
  const memory = new StateFile(join(dataFolder, 'desktop.json'), log)
  return { options, dataFolder, folder, file, log, memory, ...openText(locales, app.getPreferredSystemLanguages()) }
}
