import type { ReadingsEvent, WriteResult } from '#shared/acquisition/port.ts'
import { mayAs, type ParsedOf } from '#shared/contract.ts'
import type { devices } from '#shared/devices/contract.ts'
import type { Point } from '#shared/devices/profile.ts'
import { checkValue, isSame } from '#shared/devices/writing.ts'
import { Failure } from '#shared/failures.ts'
import { rowOf } from '#shared/reading.ts'
import type { Host } from '../capability.ts'
import type { Context, Detail, Entry } from '../dispatch.ts'
import type { PlantDevice } from '../plant.ts'
import { createCounts, limit, warnAt } from './counts.ts'
import { barredBy, warningsOf } from './present.ts'

type Asked = ParsedOf<(typeof devices)['write']>
type Doubt = { device: string; since: number; detail: Detail; entry: Entry | undefined }

/** Changes settings for people and programs, and hears what became of those whose end nobody saw. */
export function createWriter(host: Host, find: (id: string) => PlantDevice) {
  const log = host.log.for('write')
  const counts = createCounts(host)
  /** By series: writes of which nobody knows yet what they did. */
  const doubts = new Map<number, Doubt>()

  return {
    async write(asked: Asked, { actor, entry }: Context): Promise<WriteResult> {
      const { id, value, expect } = asked
      const device = find(id)
      const i = device.profile.points.findIndex((candidate) => candidate.id === asked.point)
      const point = device.profile.points[i]
      if (!point) throw new Failure('notFound', { what: 'point' })
      const bar = barredBy(device, point)
      if (bar || !point.write) throw new Failure('write.barred', { point: point.id, bar: bar ?? 'readOnly' })
      // The one place where a handler looks at the role: what a change needs belongs to the point.
      const { level } = point.write
      if (!mayAs(actor?.role ?? 'public', level)) throw new Failure('access.denied', { operation: 'devices.write', needed: level })
      checkValue(point, value)
      const today = point.write.often ? 0 : await counts.today(id, point.id)
      const often = actor?.via === 'screen' && today + 1 >= warnAt
      const [warn] = [...warningsOf(point), ...(often ? (['often'] as const) : [])]
      if (warn && !asked.confirm) throw new Failure('write.confirm', { warn })
      const released = point.automatic?.[0] !== undefined && isSame(value, point.automatic[0])
      if (actor?.via === 'api' && today >= limit && !released) throw new Failure('write.limit', { point: point.id, limit })

      const result = await send(device, point, asked).catch((error: unknown) => {
        if (error instanceof Failure && error.code === 'write.conflict')
          entry?.note({ to: value, expect, found: error.params['found'] ?? null })
        throw error
      })
      await counts.add(id, point.id)
      const { outcome, leftOpen, ...rest } = result
      const detail = { to: value, ...rest, ...(leftOpen && { leftOpen }) }
      entry?.note(detail, outcome)
      const series = device.series[i]
      if (series === undefined) return result
      if (outcome === 'unknown' && result.foundAt === null) doubts.set(series, { device: id, since: host.clock(), detail, entry })
      else doubts.delete(series)
      log.info('setting written', { device: device.name, point: point.id, actor: actor?.name, outcome, ...detail })
      return result
    },

    async counts(id: string) {
      return { warnAt, limit, points: await counts.of(find(id).id) }
    },

    /** The first reading after a write of which nobody knew the end. */
    take({ batch, reason }: ReadingsEvent): void {
      if (doubts.size === 0 || reason === 'slot') return
      for (let i = 0; i < batch.series.length; i++) {
        const doubt = doubts.get(batch.series[i] ?? -1)
        const { series, at, value, quality } = rowOf(batch, i)
        if (!doubt || at <= doubt.since || (quality !== 'good' && quality !== 'fault')) continue
        doubts.delete(series)
        const amended = doubt.entry?.amend({ ...doubt.detail, found: value, foundAt: at }) ?? Promise.resolve()
        amended.then(
          () => host.events.announce({ event: 'changed', kind: 'setting', ids: [doubt.device] }),
          (error: unknown) => log.error('what a setting holds could not be noted', { device: doubt.device, error: String(error) }),
        )
      }
    },
  }

  async function send({ id: device, name }: PlantDevice, point: Point, { value, expect }: Asked): Promise<WriteResult> {
    try {
      return await host.workers.acquisition.call.write({ device, point: point.id, value, expect })
    } catch (error) {
      if (error instanceof Failure) throw error
      // The thread died with the write on its way, perhaps before it was sent and perhaps after.
      log.error('write cut short', { device: name, point: point.id, error: String(error) })
      return { outcome: 'unknown', from: expect, found: null, foundAt: null, code: null }
    }
  }
}
