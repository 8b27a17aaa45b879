import { useEffect, useState } from 'react'
import { qualities } from '#shared/reading.ts'
import { useHost } from '../host.ts'
import type { LiveSample } from './series.ts'

export type LiveEnd = ReadonlyMap<number, readonly LiveSample[]>

const mostSamples = 4000
const none: LiveEnd = new Map()

/**
 * The readings that came in since the chart was opened, for the end of its lines; of those less than `apartMs` apart only the newest.
 * Empty while `wanted` is false.
 */
export function useLiveEnd(series: readonly number[], wanted: boolean, apartMs: number): LiveEnd {
  const { live } = useHost()
  const [kept, keep] = useState(none)
  const key = series.join()
  useEffect(() => {
    if (!wanted || key === '') return undefined
    const watched = key.split(',').map(Number)
    const take = () =>
      keep((before) => {
        const grown = new Map(before)
        for (const one of watched) {
          const reading = live.reading(one)
          const samples = before.get(one) ?? []
          if (!reading || (samples.at(-1)?.at ?? 0) >= reading.at) continue
          const close = reading.at - (samples.at(-2)?.at ?? Number.NEGATIVE_INFINITY) < apartMs
          const sample = { at: reading.at, value: reading.value, quality: qualities.indexOf(reading.quality) }
          grown.set(one, [...(close ? samples.slice(0, -1) : samples.slice(1 - mostSamples)), sample])
        }
        return grown
      })
    take()
    return live.watch(watched, take)
  }, [live, key, wanted, apartMs])
  return wanted ? kept : none
}
