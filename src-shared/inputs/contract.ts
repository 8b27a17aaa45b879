import { z } from 'zod'
import { contract } from '../contract.ts'
import { units, type Quantity } from '../units.ts'

/** What hangs on the terminals. `voltage`: 0 to 10 V. `digital`: open or closed. */
export const inputTypes = ['pt1000', 'voltage', 'digital'] as const
export type InputType = (typeof inputTypes)[number]

/** What 0 to 10 V may stand for. */
export const voltageQuantities = ['temperature', 'ratio', 'pressure', 'flow', 'power', 'number'] as const satisfies readonly Quantity[]

export const inputConfigSchema = z
  .object({
    type: z.enum(inputTypes),
    name: z.string().trim().min(1).max(80),
    quantity: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]).describe('Of a voltage; the other types have their own'),
    scale: z.number().describe('Of a voltage: value in the canonical unit = raw × scale + offset'),
    offset: z.number().describe('Of a voltage'),
  })
  .meta({ id: 'InputConfig' })
export type InputConfig = z.infer<typeof inputConfigSchema>

export const inputSchema = z
  .object({
    input: z.string().describe('Such as input7'),
    number: z.number().int().describe('The maker’s own number of the register'),
    series: z.number().int().describe('What is read from it now, with its meaning or without one'),
    scale: z.number().describe('Raw = (value − offset) ÷ scale'),
    offset: z.number(),
    open: z.array(z.number()).describe('Raw values of an input with nothing on it'),
    config: inputConfigSchema.nullable(),
    served: z.boolean(),
  })
  .meta({ id: 'Input' })
export type Input = z.infer<typeof inputSchema>

const device = z.string().min(1).max(64)
const input = z.string().min(1).max(100)

export const inputs = contract({
  list: {
    method: 'GET',
    path: '/devices/{id}/inputs',
    role: 'readonly',
    summary: 'The inputs that the application of a controller leaves free, and the meaning that a person gave them',
    input: z.object({ id: device }),
    output: z.array(inputSchema),
  },
  configure: {
    method: 'PUT',
    path: '/devices/{id}/inputs/{input}',
    role: 'full',
    summary: 'Give a free input a meaning; it becomes a point with a series of its own. Nothing is written to the controller',
    input: inputConfigSchema.extend({ id: device, input }),
    output: inputSchema,
    audit: 'input',
  },
  remove: {
    method: 'DELETE',
    path: '/devices/{id}/inputs/{input}',
    role: 'full',
    summary: 'Take the meaning away again; what was stored stays on disk',
    input: z.object({ id: device, input }),
    output: inputSchema,
    audit: 'input',
  },
})
