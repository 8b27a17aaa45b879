import { useMemo } from 'react'
import type { Meter, MeterConsumption } from '#shared/meters/contract.ts'
import { useCall } from '../host.ts'

export type MeterRow = { meter: Meter; used: MeterConsumption | undefined }

const everyMs = 60_000

/** Meters that the text finds, those that need a look first, with what they used. */
export function useMeterRows(meters: readonly Meter[], text: string): MeterRow[] {
  const shown = useMemo(() => arrange(meters, text), [meters, text])
  const { data } = useCall('meters.consumption', {}, { enabled: meters.length > 0, every: everyMs })
  return useMemo(() => {
    const used = new Map(data?.map((one) => [one.meter, one]))
    return shown.map((meter) => ({ meter, used: used.get(meter.id) }))
  }, [shown, data])
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
