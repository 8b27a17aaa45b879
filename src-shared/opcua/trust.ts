import { z } from 'zod'

/** What a certificate says of itself, in words for a person. `thumbprint` is SHA-1, as other programs show it. */
export const certificateSchema = z
  .object({
    thumbprint: z.string().describe('SHA-1 of the certificate, upper-case hexadecimal, as other programs show it'),
    sha256: z.string().describe('SHA-256 of the certificate, by which it is trusted'),
    subject: z.string(),
    issuer: z.string(),
    uri: z.string().describe('Application URI, empty when it names none'),
    validFrom: z.number().describe('UTC ms'),
    validTo: z.number().describe('UTC ms'),
    bits: z.number().int().describe('Length of its key'),
  })
  .meta({ id: 'OpcuaCertificate' })
export type Certificate = z.infer<typeof certificateSchema>

export const trustedOneSchema = certificateSchema
  .extend({
    host: z.string(),
    port: z.number().int(),
    der: z.string().describe('The certificate, base64'),
    trustedAt: z.number().describe('UTC ms'),
    trustedBy: z.string(),
  })
  .meta({ id: 'TrustedCertificate' })

/** One certificate for each server. */
export type Trusted = z.infer<typeof trustedOneSchema>
export const trustedSchema = z.array(trustedOneSchema)

/** Below the folder that `opcuaFolder` names in a data folder. */
export const trustFile = 'trusted.json'
export const opcuaFolder = 'opcua'
