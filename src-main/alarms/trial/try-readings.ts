import { createCalendar } from '#shared/calendar.ts'
import { conditionsOf } from '#shared/alarms/expand.ts'
import type { Planned } from '#shared/alarms/planned.ts'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { DeviceRun } from '#shared/alarms/trial/device-run.ts'
import { Results } from '#shared/alarms/trial/results.ts'
import { contentOf, variantsOf } from '#shared/alarms/trial/variants.ts'
import type { Quantity } from '#shared/units.ts'
import type { Host } from '../../capability.ts'
import type { PlantDevice } from '../../plant.ts'
import { ruleDevice } from '../rule-device.ts'
import type { Progress } from './running.ts'
import { savedAs } from './saved-as.ts'
import { windowsOf } from './windows.ts'

/** What is tried, over from <= at < to (UTC ms) of history. */
export type Asked = {
  host: Host
  content: RuleContent
  devices: readonly PlantDevice[]
  span: { from: number; to: number }
  progress: Progress
}

/** So many series are asked for together. */
const seriesAtOnce = 100
/** Settings are stored once a day when they do not change: so far back lies what holds when the time begins. */
const lookBackMs = 2 * 24 * 3_600_000

type Run = { device: PlantDevice; run: DeviceRun }

/** Holds every condition of a rule against the stored samples of its series, some devices at a time. */
export async function tryReadings({ host, content, devices, span, progress }: Asked): Promise<Results> {
  const plan = planner(host)
  const is = await firstQuantity(devices, (device) => plan(content, device), progress)
  const variants = variantsOf(content, is)
  const contents = [content, ...variants.map((variant) => contentOf(content, variant))]
  const results = new Results(variants, is)
  let group: Run[] = []
  let done = 0
  const share = (part: number) => progress.tell((done + part * group.length) / Math.max(1, devices.length))
  const finish = async () => {
    await runGroup({ host, span, progress, group, share })
    for (const { device, run } of group) results.add(device.name, run)
    done += group.length
    group = []
  }
  for (const device of devices) {
    const run = new DeviceRun(
      contents.map((one) => plan(one, device)),
      span.from,
    )
    await progress.pause()
    if (run.conditions.length === 0) {
      done++
      continue
    }
    group.push({ device, run })
    if (group.reduce((sum, one) => sum + one.run.series.length, 0) >= seriesAtOnce) await finish()
  }
  if (group.length > 0) await finish()
  return results
}

async function firstQuantity(
  devices: readonly PlantDevice[],
  plan: (device: PlantDevice) => Planned[],
  { pause }: Progress,
): Promise<Quantity | null> {
  for (const device of devices) {
    const [first] = plan(device)
    if (first?.point) return first.point.is
    await pause()
  }
  return null
}

type Group = Pick<Asked, 'host' | 'span' | 'progress'> & { group: readonly Run[]; share: (part: number) => void }

async function runGroup({ host, span, progress, group, share }: Group): Promise<void> {
  const series = group.flatMap(({ run }) => run.series)
  const memoryMs = group.reduce((most, { run }) => Math.max(most, run.memoryMs), lookBackMs)
  const asked = { series, from: Math.max(0, span.from - memoryMs), to: span.to }
  for await (const { lines, to } of windowsOf(host.workers.history.call, progress.signal, asked)) {
    for (const { run } of group) for (const _ of run.take(lines)) await progress.pause()
    await progress.pause()
    share((to - asked.from) / Math.max(1, asked.to - asked.from))
  }
  for (const { run } of group) run.end(span.to)
}

/** The conditions of a rule that need not have been saved. */
function planner(host: Host): (content: RuleContent, device: PlantDevice) => Planned[] {
  const calendar = createCalendar(host.timeZone)
  const now = host.clock()
  return (content, device) => conditionsOf(savedAs(content, now), ruleDevice(device), calendar, now)
}
