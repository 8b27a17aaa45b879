import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodesetFile } from '../../src-worker/simulator/serve/opcua/nodeset.ts'

/**
 * One bundle of the node side: program files (name in out/ → source). `split` lets a program load parts of itself later, such
 * as the database only after a look at the Node version, or OPC UA where there is such a server; threads share such parts.
 * `beside` are files that a program reads (name in out/ → source).
 */
export type Bundle = {
  folder: 'main' | 'worker'
  files: Record<string, string>
  format: 'es' | 'cjs'
  split: boolean
  external: string[]
  beside?: Record<string, string>
}

const natives = ['better-sqlite3', '@duckdb/node-api', '@duckdb/node-bindings', 'serialport']

export const bundles: Bundle[] = [
  {
    folder: 'main',
    files: { 'server.js': 'src-main/server.ts', 'desktop.js': 'src-main/desktop.ts' },
    format: 'es',
    split: true,
    external: [...natives, 'electron'],
  },
  { folder: 'main', files: { 'preload.cjs': 'src-main/desktop/preload.ts' }, format: 'cjs', split: false, external: ['electron'] },
  {
    folder: 'worker',
    files: Object.fromEntries(['acquisition', 'history', 'simulator'].map((name) => [`${name}.js`, `src-worker/${name}/worker.ts`])),
    format: 'es',
    split: true,
    external: natives,
    beside: { [nodesetFile]: 'node_modules/node-opcua-nodesets/nodesets/Opc.Ua.NodeSet2.ndjson.gz' },
  },
]

const rendererEntry = 'src-renderer/index.html'

/** Sources named above that are not there. */
export function missing(root: string): string[] {
  return [...bundles.flatMap(({ files, beside }) => Object.values({ ...files, ...beside })), rendererEntry].filter(
    (source) => !existsSync(join(root, source)),
  )
}
