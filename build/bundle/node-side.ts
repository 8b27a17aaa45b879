import { cp } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join, parse } from 'node:path'
import { build } from 'vite'
import type { Bundle } from './entries.ts'
import { ownVersion } from './own-version.ts'

/** Writes one bundle below `out`, with everything in it but Node itself and the native modules. */
export async function bundleNodeSide(
  root: string,
  out: string,
  { folder, files, format, split, external, beside = {} }: Bundle,
): Promise<void> {
  const input = Object.fromEntries(Object.entries(files).map(([name, source]) => [parse(name).name, join(root, source)]))
  const ending = parse(Object.keys(files)[0] ?? '').ext
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [ownVersion],
    publicDir: false,
    // Libraries ask for it; a bundle is never the development form.
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node22',
      outDir: join(out, folder),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external: [...builtinModules, /^node:/, ...external],
        platform: 'node',
        // The host finds resources and workers from its own place, so its parts lie side by side.
        output: { format, entryFileNames: `[name]${ending}`, chunkFileNames: '[name].js', codeSplitting: split },
      },
    },
  })
  for (const [name, source] of Object.entries(beside)) await cp(join(root, source), join(out, folder, name))
}
