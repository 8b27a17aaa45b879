import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Machine code without which the program does not start, or reaches no serial line, by its place beside the archive. */
const needed = (system: string): string[] => [
  join('node_modules', 'better-sqlite3', 'prebuilds', `${system}.node`),
  join('node_modules', '@duckdb', `node-bindings-${system}`, 'duckdb.node'),
  join('node_modules', '@serialport', 'bindings-cpp', 'prebuilds', system.startsWith('darwin') ? 'darwin-x64+arm64' : system),
]

/** What is missing of it in a packed program; `system` is Node's platform and architecture, such as win32-x64. */
export function missingNatives(resources: string, system: string): string[] {
  return needed(system).filter((path) => !existsSync(join(resources, 'app.asar.unpacked', path)))
}
