import type { Connection } from '#shared/acquisition/contract.ts'
import { diagnose } from '#shared/acquisition/diagnose.ts'
import type { Line, LineUnit } from '#shared/acquisition/line.ts'
import type { LineLook } from '#shared/acquisition/port.ts'
import type { PlantDevice } from '../plant.ts'

/** What the worker hears on a line together with what is known of the devices there. */
export function lineOf({ address }: PlantDevice, look: LineLook, connectionOf: (device: string) => Connection | undefined): Line {
  const { units: looks, ...line } = look
  const units = looks.flatMap((one): LineUnit[] => {
    const known = connectionOf(one.device)
    if (!known) return []
    const { name, address: at, contact, requests, failures, exceptions, answerMs, answerMsWorst, cycleMs, overruns } = known
    return [{ ...one, name, address: at, contact, requests, failures, exceptions, answerMs, answerMsWorst, cycleMs, overruns }]
  })
  return { address, ...line, units, causes: diagnose({ address, units, reconnects: line.reconnects }) }
}
