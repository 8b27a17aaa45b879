import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = import.meta.dirname
const server = `http://127.0.0.1:${process.env['HEARTHGRID_PORT'] ?? '8470'}`

/** Libraries that change seldom and are big stand apart, so that a new version of ours fetches little again. */
const groups = [
  { name: 'plotly', test: /node_modules[\\/]plotly/ },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack/ },
]

export default defineConfig({
  root: join(root, 'src-renderer'),
  plugins: [react()],
  build: {
    outDir: join(root, 'out', 'renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    manifest: true,
    // plotly is one file of 1.2 MB, loaded only by the screens that draw charts.
    chunkSizeWarningLimit: 1300,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    host: '127.0.0.1',
    watch: { ignored: ['**/out/**', '**/dist/**'] },
    // The server answers only its own origin, so requests must look as if they came from there.
    proxy: { '/api': { target: server, changeOrigin: true, ws: true, headers: { origin: server } } },
  },
})
