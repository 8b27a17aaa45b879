import { answers } from './conformance/answers.ts'
import { keeping } from './conformance/keeping.ts'
import { sums } from './conformance/sums.ts'
import type { HistoryEngine } from './engine.ts'

/** What every engine behind HistoryPort keeps. `make` answers an engine without a folder; each test opens it on a new one. */
export function conformance(name: string, make: () => HistoryEngine): void {
  keeping(name, make)
  answers(name, make)
  sums(name, make)
}
