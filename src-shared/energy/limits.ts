import { z } from 'zod'

const share = z.number().min(0).max(1)
const hours = z.number().positive()

export const rangeSchema = z.strictObject({
  min: z.number().describe('°C'),
  max: z.number().describe('°C'),
  codes: z.array(z.number()).describe('Values by which an interrupted or short-circuited sensor shows itself'),
  faultFrom: z.number().optional().describe('From here on it is the end of the sensor’s range and no temperature'),
})
export type Range = z.infer<typeof rangeSchema>

/** What is plausible, and from when on something is told. Defaults are in resources/energy/limits.json; sources in docs/methods.md. */
export const limitsSchema = z.strictObject({
  $schema: z.string().optional(),
  ranges: z.record(z.string(), rangeSchema).describe('By class of measurement'),
  points: z.record(z.string(), z.string()).describe('Point, without numbers of circuits → class'),
  power: z.strictObject({
    timesDesign: z.number().positive().describe('A register cannot count more than this many times the design power'),
    spikeTimesDesign: z.number().positive(),
    spikeTimesUsual: z.number().positive().describe('A power so many times above what nine of ten hours stay below is none'),
  }),
  flow: z.strictObject({ timesPermanent: z.number().positive().describe('Highest flow, of the permanent flow of the meter') }),
  stuck: z.strictObject({
    hours,
    outdoorMoves: z.number().positive().describe('K by which the outdoor temperature moves while another stands still'),
    powerShare: share.describe('Of the design power, from which on the register must count'),
    leastPower: z.number().nonnegative().describe('kW, where the design power is not known'),
  }),
  freeze: z.strictObject({
    hours,
    devices: z.number().int().positive().describe('So many at the same time are a matter of what reads them'),
    share: share.describe('Or this part of those behind one gateway, at least two'),
  }),
  balance: z.strictObject({
    volumeSteps: z.number().positive().describe('Steps of the volume register that a day needs to be judged'),
    difference: z.number().positive().describe('K between flow and return that a day needs to be judged'),
    warn: z.number().positive().describe('Times the permissible error'),
    alarm: z.number().positive(),
    days: z.number().int().positive().describe('So many days of a week must be beyond'),
    accuracyClass: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('Of EN 1434'),
    smallestDifference: z.number().positive().describe('K, of the meter'),
    power: share.describe('Between the sum of the power and what the register counted'),
  }),
  order: z.strictObject({
    hours,
    swapped: z.number().nonnegative().describe('K by which the return lies above the flow'),
    flowAbove: z.number().nonnegative().describe('K by which the secondary flow must stay below the supply, at least'),
    exchanger: z.number().nonnegative().describe('K by which the primary return lies below the secondary one'),
  }),
  size: z.strictObject({ overShare: share, underShare: share, fewestHours: hours }),
  verification: z.strictObject({ monthsBefore: z.number().int().nonnegative() }),
  battery: z.strictObject({ restHours: hours.describe('A battery is not to be read more often than this') }),
  valid: share.describe('Figures with less valid time are shown grey'),
})
export type Limits = z.infer<typeof limitsSchema>

/** The class of a measurement, whose range holds for it; undefined when none does. */
export function rangeFor(limits: Limits, point: string): Range | undefined {
  const name = limits.points[point.replaceAll(/\d+(?=\.|$)/g, '')]
  return name === undefined ? undefined : limits.ranges[name]
}
