import type { Quantity } from '#shared/units.ts'

/** Words that come several times in one device, and how often they are offered. */
const times: Readonly<Record<string, number>> = { circuit: 4, meter: 5 }
const alone = new Set(['hotWater', 'circulation', 'identity', 'accumulator', 'boiler'])
const single = new Set(['outdoor', 'room', 'supply', 'primaryFlow', 'primaryReturn', 'outdoorLowest', 'outdoorHighest', 'alarm'])

/** Well-known points as they are called in a device: `circuit.flow` of the shelf is offered as circuit1.flow to circuit4.flow. */
export function offeredPoints(known: Readonly<Record<string, Quantity>>): { id: string; is: Quantity }[] {
  return Object.entries(known).flatMap(([key, is]) => {
    const [first = '', ...rest] = key.split('.')
    if (rest.length === 0) return single.has(first) ? [{ id: key, is }] : []
    const count = times[first]
    if (count !== undefined) return Array.from({ length: count }, (_, i) => ({ id: [`${first}${i + 1}`, ...rest].join('.'), is }))
    return alone.has(first) ? [{ id: key, is }] : []
  })
}
