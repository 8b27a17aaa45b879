import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** How a library reads the version of itself from the package.json above its code. */
const reading = /JSON\.parse\(fs\.readFileSync\(path\.join\(\w+, "\.\.", "package\.json"\), "utf8"\)\)\s*\.version/g

/** A bundle has no package.json above it: the version that a library reads there while it loads stands in the code instead. */
export const ownVersion: Plugin = {
  name: 'own-version',
  transform(code, id) {
    if (!id.includes('node_modules') || !code.includes('"package.json"')) return null
    const changed = code.replaceAll(reading, () => {
      const { version } = JSON.parse(readFileSync(join(dirname(id), '..', 'package.json'), 'utf8')) as { version: string }
      return JSON.stringify(version)
    })
    return changed === code ? null : { code: changed, map: null }
  },
}
