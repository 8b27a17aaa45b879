import { capture } from './child.mjs'
import { environment, root } from './node.mjs'
import { step } from './progress.mjs'
import { isStale } from './stale.mjs'

/** Builds when out/ does not belong to the sources. Throws an Error with the builder's words when the build fails. */
export async function buildIfStale(node) {
  if (!isStale()) return
  await step('Building', async () => {
    const result = await capture(node, ['build/bundle.ts'], { cwd: root, env: environment(node, { NO_COLOR: '1' }) })
    if (result.code !== 0) throw new Error(`${result.text.trim()}\nThe program could not be built.`)
  })
}
