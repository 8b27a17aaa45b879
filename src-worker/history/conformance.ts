import { answers } from './testing/answers.ts'
import { keeping } from './testing/keeping.ts'
import { sums } from './testing/sums.ts'
import type { HistoryEngine } from './engine.ts'

/** What every engine behind HistoryPort keeps. `make` answers an engine without a folder; each test opens it on a new one. */
export function conformance(name: string, make: () => HistoryEngine): void {
  keeping(name, make)
  answers(name, make)
  sums(name, make)
}
