import { z } from 'zod'

export const identitySchema = z
  .object({
    maker: z.string(),
    model: z.string(),
    application: z.string().nullable().describe('Such as A266.1'),
    applicationVersion: z.string().nullable(),
    firmware: z.string().nullable(),
    hardware: z.string().nullable(),
    orderCode: z.string().nullable(),
    serial: z.string().nullable(),
    production: z.string().nullable(),
  })
  .meta({ id: 'Identity' })
