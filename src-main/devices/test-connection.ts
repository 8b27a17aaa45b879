import type { TestResult } from '#shared/acquisition/port.ts'
import type { ConnectionTest } from '#shared/devices/commissioning.ts'
import { plan } from '#shared/devices/plan.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'

/** Median above which a person notices that the line is slow: a full read of an ECL then takes longer than a minute. */
const slowMs = 1000

/** What somebody looks at is read this often, so that a full read should not take longer. */
const watchMs = 10_000

/** Reads every point once and sums up in one verdict how well the device answers. Never rejects for what the line does. */
export async function testConnection(host: Host, device: PlantDevice): Promise<ConnectionTest> {
  const { answers, ...result } = await host.workers.acquisition.call.test({ device: device.id })
  const sorted = answers.toSorted((a, b) => a - b)
  const { points, limits } = device.profile
  const requests = device.profile.protocol === 'modbus' ? plan(points, limits, device.unserved).length : 1
  const answerMs = sorted[sorted.length >> 1] ?? null
  return {
    ...result,
    points: points.length,
    requests,
    answerMs,
    answerMsWorst: sorted.at(-1) ?? null,
    verdict: verdictOf(result, answerMs),
  }
}

export function verdictOf({ good, fault, lost, cycleMs }: Omit<TestResult, 'answers'>, answerMs: number | null): ConnectionTest['verdict'] {
  if (good + fault === 0) return 'silent'
  if (lost > 0) return 'partly'
  if (good === 0) return 'faults'
  return (answerMs ?? 0) > slowMs || cycleMs > watchMs ? 'slow' : 'good'
}
