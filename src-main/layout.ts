import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where the program's own files lie: beside the sources while developing and testing, below `out` when built or packaged. */
export type Layout = {
  built: boolean
  resources: string
  renderer: string
  /** Folders that may hold the try-it page's assets, best first. */
  apiPage: string[]
  worker(name: 'acquisition' | 'history' | 'simulator'): URL
}

/** Worker threads and native modules cannot be loaded from inside app.asar; the packaging lays them beside it. */
export function outsideArchive(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}

export function findLayout(moduleUrl: string): Layout {
  const here = dirname(fileURLToPath(moduleUrl))
  const built = !moduleUrl.endsWith('.ts')
  const root = built ? join(here, '..', '..') : join(here, '..')
  return {
    built,
    resources: join(root, 'resources'),
    renderer: join(root, 'out', 'renderer'),
    apiPage: [join(root, 'out', 'api-page'), join(root, 'node_modules', 'swagger-ui-dist')].filter((folder) => existsSync(folder)),
    worker: (name) =>
      built
        ? pathToFileURL(outsideArchive(join(root, 'out', 'worker', `${name}.js`)))
        : new URL(`../src-worker/${name}/worker.ts`, moduleUrl),
  }
}
