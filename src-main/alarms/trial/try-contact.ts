import { delaysOf, overrideOf } from '#shared/alarms/effective.ts'
import { DeviceRun } from '#shared/alarms/trial/device-run.ts'
import { contactPlan, Presence } from '#shared/alarms/trial/presence.ts'
import { Results } from '#shared/alarms/trial/results.ts'
import { variantsOf } from '#shared/alarms/trial/variants.ts'
import type { PlantDevice } from '../../plant.ts'
import { ruleDevice } from '../rule-device.ts'
import { savedAs } from './saved-as.ts'
import type { Asked } from './try-readings.ts'
import { windowsOf } from './windows.ts'

/** Points of a device by which its contact is told. One alone may be broken or no longer served. */
const pointsEach = 3
const devicesAtOnce = 30
/** A quarter hour may be read and stored until so long after it began. */
const slotWindowMs = 5 * 60_000
/** Other devices, outside the scope, by which it is told whether Hearthgrid ran at all. */
const mostWitnesses = 5

/**
 * Tries an offline rule on what history has: quarter hours in which nothing of a device was stored, though something of another was. Lines and
 * gateways are not told apart: each device counts by itself.
 */
export async function tryContact({ host, content, devices, span, progress }: Asked): Promise<Results> {
  const variants = variantsOf(content, null)
  const results = new Results(variants, null)
  const now = host.clock()
  const rule = savedAs(content, now)
  const tried = devices.filter((device) => !overrideOf(rule, device.id, now)?.off).flatMap(looked)
  const chosen = new Set(devices)
  const others = host.plant.all().filter((device) => !chosen.has(device))
  const witnesses = others.flatMap(looked).slice(0, mostWitnesses)
  const all = [...tried, ...witnesses]
  const heard: Presence[] = []
  for (let first = 0; first < all.length; first += devicesAtOnce) {
    const group = all.slice(first, first + devicesAtOnce)
    const presences = group.map(() => new Presence(span.from, span.to))
    const asked = { series: group.flatMap(({ series }) => series), ...span }
    for await (const { lines, to } of windowsOf(host.workers.history.call, progress.signal, asked)) {
      for (const [i, { device, series }] of group.entries()) {
        for (const one of series) {
          const line = lines.get(one)
          if (line) presences[i]?.hear(line, device.spare?.restMs)
        }
        await progress.pause()
      }
      const part = (to - span.from) / Math.max(1, span.to - span.from)
      progress.tell((0.9 * (first + part * group.length)) / all.length)
    }
    heard.push(...presences)
  }
  const anyone = all.length > 1 ? new Presence(span.from, span.to) : null
  for (const presence of heard) anyone?.join(presence)
  for (const [i, { device }] of tried.entries()) {
    const plans = [content.onDelayS, ...variants.map(({ onDelayS }) => onDelayS)].map((onDelayS) => [
      contactPlan({
        rule: 'trial',
        device: device.id,
        series: i,
        priority: content.priority,
        delays: delaysOf({ ...rule, onDelayS }, overrideOf(rule, device.id, now)),
      }),
    ])
    const run = new DeviceRun(plans, span.from)
    const column = heard[i]?.column(anyone, span.from, span.to - slotWindowMs)
    for (const _ of run.take(new Map(column ? [[i, column]] : []))) await progress.pause()
    run.end(span.to)
    results.add(device.name, run)
    await progress.pause()
    progress.tell(0.9 + (0.1 * (i + 1)) / tried.length)
  }
  return results
}

type Looked = { device: PlantDevice; series: number[] }

/** None where a device has nothing that is stored each quarter hour. */
function looked(device: PlantDevice): Looked[] {
  const { served } = ruleDevice(device)
  const series = device.profile.points
    .flatMap((point, i) => (point.role === 'measure' && !point.formula && served(point) ? (device.series[i] ?? []) : []))
    .slice(0, pointsEach)
  return series.length > 0 ? [{ device, series }] : []
}
