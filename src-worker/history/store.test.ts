import { conformance } from './conformance.ts'
import { historyEngine } from './engine.ts'

conformance('journal and DuckDB', () => historyEngine({ clock: () => Date.now(), onProgress: () => {} }))
