import { useMemo } from 'react'
import type { PointInfo } from '#shared/devices/contract.ts'
import { isReferenceOf, referenceIdOf } from '#shared/devices/reference.ts'
import { useCall } from '../host.ts'

/** One point of one device that is drawn. `reference`: nobody chose it, it goes with the measured value that it is the desired one of. */
export type Drawn = { device: string; deviceName: string; point: PointInfo; reference?: boolean }

/** The most lines that one request and one pair of eyes can take. */
export const mostPoints = 12

/** The chosen points, each measured one followed by its desired value where the device has it. */
export function withReferences(chosen: readonly Drawn[], known: readonly Drawn[]): Drawn[] {
  return chosen.flatMap((actual) => {
    const found = known.find((one) => one.device === actual.device && hasHistory(one.point) && isReferenceOf(one.point, actual.point))
    if (!found || chosen.some(({ point }) => point.series === found.point.series)) return [actual]
    return [actual, { ...found, reference: true }]
  })
}

export function hasHistory({ role, served }: PointInfo): boolean {
  return served && (role === 'measure' || role === 'state')
}

/** The same for points of any devices. Pending until it is known which desired values there are, so that a chart is drawn once. */
export function useReferences(chosen: readonly Drawn[], wanted: boolean): { drawn: Drawn[]; isPending: boolean } {
  const devices = useMemo(() => [...new Set(chosen.map(({ device }) => device))], [chosen])
  const point = useMemo(() => [...new Set(chosen.map((one) => referenceIdOf(one.point.id)))], [chosen])
  const enabled = wanted && chosen.length > 0
  const { data, isLoading } = useCall('devices.points', { devices, point }, { enabled, keep: true })
  const drawn = useMemo(() => (enabled ? withReferences(chosen, data?.points ?? []) : [...chosen]), [enabled, chosen, data])
  return { drawn, isPending: isLoading }
}

/** How lines are called: with their device where several devices are in the chart. */
export function titleOf(drawn: Drawn, full: (point: PointInfo) => string, several: boolean): string {
  return several ? `${drawn.deviceName} · ${full(drawn.point)}` : full(drawn.point)
}
