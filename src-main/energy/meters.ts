import type { Exchange, RegisterRules } from '#shared/energy/register.ts'
import type { Limits } from '#shared/energy/limits.ts'
import { blankPlate, type Plate } from '#shared/energy/meter-hours.ts'
import type { Meter } from '#shared/meters/contract.ts'
import { slotMs } from '#shared/meters/slots.ts'
import { systemContext, type Host } from '../capability.ts'
import type { AskedRegister } from '../registers.ts'
import { readPlates } from './store.ts'

export type KnownMeter = { meter: Meter; plate: Plate; exchanges: Record<'energy' | 'volume', Exchange[]>; everyMs: number }

/** Flow that a meter stands for a short time, of its permanent flow. */
const overload = 2

/** All meters with their plates, and what is known of their replacements. */
export async function knownMeters(host: Host): Promise<Map<string, KnownMeter>> {
  const [meters, replacements, plates] = [
    await host.call('meters.list', {}, systemContext),
    await host.call('meters.replacements', {}, systemContext),
    await readPlates(host.database),
  ]
  const known = new Map<string, KnownMeter>()
  for (const meter of meters) {
    const noted = replacements.filter((one) => one.meter === meter.id)
    const open = meter.changedTo ? [{ at: meter.changedTo.at, final: null, first: null }] : []
    known.set(meter.id, {
      meter,
      plate: plates.get(meter.id) ?? blankPlate,
      exchanges: {
        energy: [...noted.map(({ at, finalEnergy, firstEnergy }) => ({ at, final: finalEnergy, first: firstEnergy })), ...open],
        volume: [...noted.map(({ at, finalVolume, firstVolume }) => ({ at, final: finalVolume, first: firstVolume })), ...open],
      },
      everyMs: Math.max(slotMs, meter.restMs),
    })
  }
  return known
}

/** One register of a meter as history is asked for it. */
export function askedRegister(
  { plate, exchanges, everyMs }: KnownMeter,
  quantity: 'energy' | 'volume',
  series: number,
  limits: Limits,
): AskedRegister {
  const energy = plate.designPower === null ? null : plate.designPower * limits.power.timesDesign
  const volume = plate.permanentFlow === null ? null : plate.permanentFlow * overload * limits.flow.timesPermanent
  const rules: RegisterRules = { resolution: 0, mostPerHour: quantity === 'energy' ? energy : volume, wrapsAt: null }
  return { series, exchanges: exchanges[quantity], everyMs, rules }
}
