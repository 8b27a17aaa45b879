import type { Device } from '#shared/devices/contract.ts'

export type KeyPoint = Device['key'][number]

/** What every heating controller is asked first. */
export const keyColumns = ['outdoor', 'flow', 'return', 'hotWater'] as const
export type KeyColumn = (typeof keyColumns)[number]

export type KeyPoints = Record<KeyColumn, KeyPoint | undefined> & { reference: KeyPoint | undefined }

/** Which of a device's key points stands in which column; a device that lacks one leaves its column empty. */
export function keyPoints(key: readonly KeyPoint[]): KeyPoints {
  const temperatures = key.filter((point) => point.is === 'temperature')
  const first = (pattern: RegExp) => temperatures.find((point) => pattern.test(point.id))
  const flow = first(/^circuit\d*\.flow$/) ?? first(/(?<!^hotWater)\.flow$/)
  const circuit = flow?.id.slice(0, flow.id.lastIndexOf('.')) ?? ''
  return {
    outdoor: first(/^outdoor$/) ?? first(/outdoor/i),
    flow,
    reference: temperatures.find((point) => point.id === `${circuit}.flowReference`),
    return: temperatures.find((point) => point.id === `${circuit}.return`) ?? first(/(^|\.)return$/),
    hotWater: first(/^hotWater\.(flow|temperature|tank|upper)$/) ?? first(/^hotWater/),
  }
}
