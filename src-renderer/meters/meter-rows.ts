import { useMemo } from 'react'
import type { Meter, MeterConsumption } from '#shared/meters/contract.ts'
import { toLookAt } from '../consumption/urgent.ts'
import { useCall } from '../host.ts'

export type MeterRow = { meter: Meter; used: MeterConsumption | undefined; warnings: number }

const everyMs = 60_000

/** Meters that the text finds, those that need a look first, with what they used and what was found at them. */
export function useMeterRows(meters: readonly Meter[], text: string): MeterRow[] {
  const shown = useMemo(() => arrange(meters, text), [meters, text])
  const { data } = useCall('meters.consumption', {}, { enabled: meters.length > 0, every: everyMs })
  const { data: findings } = useCall('energy.findings', {}, { enabled: meters.length > 0 })
  return useMemo(() => {
    const used = new Map(data?.map((one) => [one.meter, one]))
    const warnings = new Map<string | null, number>()
    for (const { meter } of toLookAt(findings ?? [])) warnings.set(meter, (warnings.get(meter) ?? 0) + 1)
    return shown.map((meter) => ({ meter, used: used.get(meter.id), warnings: warnings.get(meter.id) ?? 0 }))
  }, [shown, data, findings])
}

/** How many findings of any meter wait for somebody to look at them. */
export function useWarnings(): number {
  const { data } = useCall('energy.findings', {})
  return toLookAt(data ?? []).length
}

/** By name; meters that were exchanged without a word come first. */
export function arrange(meters: readonly Meter[], text: string): Meter[] {
  const wanted = text.trim().toLowerCase()
  const words = ({ name, place, part, identity: { serial, maker } }: Meter) => [name, place, part, serial, maker].join(' ').toLowerCase()
  return meters
    .filter((meter) => words(meter).includes(wanted))
    .sort(
      (a, b) => Number(b.changedTo !== null) - Number(a.changedTo !== null) || a.name.localeCompare(b.name) || (a.part < b.part ? -1 : 1),
    )
}
