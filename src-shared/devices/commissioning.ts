import { z } from 'zod'

export const tagsSchema = z.array(z.string().trim().min(1).max(40)).max(20).describe('Labels by which devices are found together')

/** What a person should know before a device is added; see `checkRequirements` and src-main/devices/commission.ts. */
export const noticeCodes = [
  'firmwareTooOld',
  'firmwareLifted',
  'applicationTooOld',
  'keyUnknown',
  'modelUnknown',
  'generalProfile',
  'unprovenProfile',
  'chosenByHand',
  'otherRecognised',
  'notAsked',
  'plainOutside',
] as const

/** What became of a request to blink. Nothing can be read back, so `taken` says only that the controller did not refuse. */
export const winkSchema = z
  .object({
    outcome: z.enum(['taken', 'refused', 'unknown']),
    code: z.number().int().nullable().describe('Modbus exception of a refusal'),
  })
  .meta({ id: 'Wink' })
export type Wink = z.infer<typeof winkSchema>

export const verdicts = ['good', 'slow', 'faults', 'partly', 'silent'] as const

/** How well a device answers when every point of it is read once. */
export const connectionTestSchema = z
  .object({
    points: z.number().int().describe('How many the profile has'),
    good: z.number().int(),
    fault: z.number().int().describe('Answered, but no sensor, or a value that cannot be'),
    unserved: z.number().int().describe('Which this device answered it does not have'),
    lost: z.number().int().describe('Without an answer'),
    requests: z.number().int().describe('Reads of one full cycle'),
    answerMs: z.number().nullable().describe('Median'),
    answerMsWorst: z.number().nullable(),
    cycleMs: z.number().describe('How long it took to read everything'),
    verdict: z.enum(verdicts),
    failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  })
  .meta({ id: 'ConnectionTest' })
export type ConnectionTest = z.infer<typeof connectionTestSchema>
