import { useMemo } from 'react'
import type { Range } from './scaffold.ts'

/** The same object as long as it says the same, so that values which come in do not draw the plot anew. */
export function useSteady(ranges: ReadonlyMap<string, Range>): ReadonlyMap<string, Range> {
  const words = JSON.stringify([...ranges])
  return useMemo(() => new Map(JSON.parse(words) as [string, Range][]), [words])
}
