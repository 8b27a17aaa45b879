import type { CallOutput } from '#shared/api.ts'

export type WriteCounts = CallOutput<'devices.writeCounts'>

/** How often a point was written from here; `often`: the next write of today is one that a person confirms. */
export function countOf(counts: WriteCounts | undefined, point: string): { today: number; total: number; often: boolean } {
  const { today, total } = counts?.points.find((one) => one.point === point) ?? { today: 0, total: 0 }
  return { today, total, often: counts !== undefined && today + 1 >= counts.warnAt }
}
