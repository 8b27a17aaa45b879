import { useMemo } from 'react'
import type { OwnedPoint } from '#shared/devices/points-contract.ts'
import { useCall } from '../host.ts'
import type { PointNames } from '../point-names.ts'

/** A chosen point and the device that it belongs to. */
export type Selected = Pick<OwnedPoint, 'device' | 'deviceName' | 'point'>

/** As many series as one question can name. */
const mostAsked = 800

/** The series that the address names (`12,15,99`), each once. What is no number is left out. */
export function seriesOf(words: string | undefined): number[] {
  const numbers = (words ?? '').split(',').map(Number)
  return [...new Set(numbers.filter((one) => Number.isSafeInteger(one) && one > 0))].slice(0, mostAsked)
}

/** A choice as it stands in the address. */
export function wordsOf(series: readonly number[]): string | undefined {
  return series.length === 0 ? undefined : series.join(',')
}

/** How a point is called among those of many devices. */
export function selectedName({ deviceName, point }: Selected, names: PointNames): string {
  return `${deviceName}: ${names.full(point)}`
}

/**
 * The points that the address names, in its order. `missing`: series that no device has any more.
 * While a new choice is on its way the part of it that was known before is there already.
 */
export function useSelected(words: string | undefined): {
  chosen: Selected[]
  missing: number[]
  isPending: boolean
  error: unknown
} {
  const key = seriesOf(words).join()
  const series = useMemo(() => seriesOf(key), [key])
  const { data, isPlaceholderData, isPending, error } = useCall(
    'devices.points',
    { series, limit: mostAsked },
    { enabled: series.length > 0, keep: true },
  )
  return useMemo(() => {
    const known = new Map((data?.points ?? []).map((one) => [one.point.series, one]))
    const chosen = series.flatMap((one) => known.get(one) ?? [])
    const answered = data !== undefined && !isPlaceholderData
    return {
      chosen,
      missing: answered ? series.filter((one) => !known.has(one)) : [],
      isPending: series.length > 0 && isPending,
      error,
    }
  }, [series, data, isPlaceholderData, isPending, error])
}
