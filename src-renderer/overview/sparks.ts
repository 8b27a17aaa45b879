import { createContext, use, useEffect, useMemo, useReducer } from 'react'
import type { Spark, SparkStore } from './spark-store.ts'

export const SparkContext = createContext<SparkStore | null>(null)

/** The courses of these series while the row is in sight. Undefined where none is drawn or none is known yet. */
export function useSparks(series: readonly number[]): (series: number) => Spark | undefined {
  const store = use(SparkContext)
  const [, changed] = useReducer((n: number) => n + 1, 0)
  const key = series.join()
  const watched = useMemo(() => (key === '' ? [] : key.split(',').map(Number)), [key])
  useEffect(() => {
    if (!store) return
    const [leave, deaf] = [store.watch(watched), store.subscribe(changed)]
    return () => {
      leave()
      deaf()
    }
  }, [store, watched])
  return (one) => store?.line(one)
}
