/** Units in which energy registers count, in kWh. Gcal is the international one. */
export const energyUnits = { Wh: 0.001, kWh: 1, MWh: 1000, MJ: 1 / 3.6, GJ: 1000 / 3.6, Mcal: 1.163, Gcal: 1163 } as const
export type EnergyUnit = keyof typeof energyUnits

export function toKwh(value: number, unit: EnergyUnit): number {
  return value * energyUnits[unit]
}

/**
 * What one count of the registers E8 and E9 (volume times temperature) stands for, m³ °C, by the resolution of the volume register in
 * m³: with 0.01 they count m³ °C, with finer or coarser ones ten times as much or a tenth. Null for a resolution that no meter has.
 */
export function weightedCount(volumeResolution: number): number | null {
  const counts: [number, number][] = [
    [0.001, 0.1],
    [0.01, 1],
    [0.1, 10],
    [1, 100],
  ]
  return counts.find(([resolution]) => Math.abs(resolution / volumeResolution - 1) < 1e-6)?.[1] ?? null
}

/** The step in which a register is shown: the largest power of ten that all its values are multiples of; at least 1e-6. */
export function resolutionOf(values: Float64Array): number {
  let resolution = 1000
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    while (
      resolution > 1e-6 &&
      Math.abs(value / resolution - Math.round(value / resolution)) > 1e-6 * Math.max(1, Math.abs(value / resolution) * 1e-6)
    )
      resolution /= 10
  }
  return resolution
}
