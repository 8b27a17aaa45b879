import type { AcquisitionPort, WinkResult } from '#shared/acquisition/port.ts'
import { Failure } from '#shared/failures.ts'
import type { Links } from './links.ts'

type WinkInput = Parameters<AcquisitionPort['wink']>[0]

/** Sends the seconds in one request, never repeated. The register cannot be read, so there is nothing to read back. */
export async function wink(links: Links, { address, register, seconds }: WinkInput): Promise<WinkResult> {
  const user = { linkClosed: () => undefined }
  const link = links.registers(address, user)
  let sent = false
  try {
    await link.write(address.unit, 'holding', register, [seconds], () => {
      sent = true
    })
    return { outcome: 'taken', code: null }
  } catch (error) {
    if (!sent || !(error instanceof Failure)) throw error
    if (error.code === 'device.exception') return { outcome: 'refused', code: Number(error.params['code']) }
    return { outcome: 'unknown', code: null }
  } finally {
    links.release(link, user)
  }
}
