import { z } from 'zod'

/** How a device is reached: the protocol, and what carries it. */
export const ways = ['modbus-tcp', 'modbus-tls', 'modbus-rtu-tcp', 'modbus-serial', 'mbus-tcp', 'mbus-serial', 'opcua', 'push'] as const
/** `calculated`: a device that only has calculated points, which nobody asks. */
export type Way = (typeof ways)[number] | 'calculated'

export const protocols = ['modbus', 'mbus', 'opcua', 'push'] as const
export type Protocol = (typeof protocols)[number] | 'calculated'

export function protocolOf(way: Way): Protocol {
  if (way === 'opcua' || way === 'push' || way === 'calculated') return way
  return way.startsWith('mbus') ? 'mbus' : 'modbus'
}

export function isSerial(way: Way): boolean {
  return way.endsWith('-serial')
}

export const serialLineSchema = z
  .object({
    baud: z.number().int().min(300).max(1_000_000).describe('Bits a second'),
    parity: z.enum(['none', 'even', 'odd']),
    stop: z.union([z.literal(1), z.literal(2)]).describe('Stop bits; there are always 8 data bits'),
  })
  .meta({ id: 'SerialLine' })
export type SerialLine = z.infer<typeof serialLineSchema>

/** What Modbus over serial line 1.02 asks every device to be able to. */
export const defaultSerialLine: SerialLine = { baud: 19200, parity: 'even', stop: 1 }
const usualMeterLine: SerialLine = { baud: 2400, parity: 'even', stop: 1 }

/** Settings of a serial line as engineers write them, such as 19200 8E1; the usual ones of its protocol where none are given. */
export function serialText(way: Way, line?: SerialLine): string {
  const { baud, parity, stop } = line ?? (protocolOf(way) === 'mbus' ? usualMeterLine : defaultSerialLine)
  return `${baud} 8${parity.slice(0, 1).toUpperCase()}${stop}`
}

/** The certificate that a person trusted for a line through TLS. */
export const tlsSchema = z
  .object({
    sha256: z
      .string()
      .regex(/^[0-9A-F]{64}$/)
      .describe('SHA-256 of the certificate, upper-case hexadecimal'),
  })
  .meta({ id: 'TlsTrust' })
export type TlsTrust = z.infer<typeof tlsSchema>

/** What an OPC UA client must know beyond host and port. The password is no part of it: it is never shown again. */
export const endpointSchema = z
  .object({
    path: z.string().max(500).describe('What follows host and port in the address of the server, such as /server; may be empty'),
    policy: z.string().max(200).describe('Name of the security policy, such as Basic256Sha256, or None'),
    mode: z.enum(['None', 'Sign', 'SignAndEncrypt']),
    user: z.string().max(200).optional(),
    identity: z
      .enum(['anonymous', 'password', 'certificate'])
      .optional()
      .describe('With certificate: the one in the secret, or else Hearthgrid’s own'),
    thumbprint: z.string().max(200).optional().describe('Of the certificate that a person trusted'),
  })
  .meta({ id: 'Endpoint' })
export type Endpoint = z.infer<typeof endpointSchema>
