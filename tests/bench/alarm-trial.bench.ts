import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { systemContext } from '../../src-main/capability.ts'
import { serve } from '../../src-main/serve.ts'
import { loadTemperatures } from './alarm-year.ts'
import { yearFrom, yearTo } from './load-year.ts'
import { median, report } from './measure.ts'

/**
 * A limit rule with a deadband, tried over a year of 100 devices with all that is tried beside it. Each device has ten stored temperatures, of
 * which the rule looks at one; the store is as it is a year later, each month in one file.
 */
const devices = 100
const storedEach = 10
const rounds = 5

const dataFolder = await mkdtemp(join(tmpdir(), 'hearthgrid-trial-'))
const start = () => serve({ dataFolder, desktop: false, clock: () => yearTo })

const content: RuleContent = {
  name: 'Flow too hot',
  description: '',
  enabled: true,
  priority: 'medium',
  scope: { by: 'all', except: [] },
  test: { kind: 'limit', points: ['circuit1.flow'], highHigh: null, high: 80, low: null, lowLow: null, deadband: 0.2 },
  while: [],
  onDelayS: 0,
  offDelayS: 0,
  latched: false,
  cause: '',
  consequence: '',
  action: '',
  respondMinutes: null,
  link: '',
  notify: { steps: [], resolved: false, schedule: null },
  overrides: [],
}

try {
  const first = await start()
  for (let i = 0; i < devices; i++)
    await first.host.call(
      'devices.add',
      { host: '127.0.0.1', port: 9, unit: 1 + i, name: `House ${i}`, unseen: true, profile: 'danfoss/ecl310-a266.1' },
      systemContext,
    )
  const series = first.host.plant.all().flatMap(({ profile, series: own }) => {
    const flow = profile.points.findIndex(({ id }) => id === 'circuit1.flow')
    const measured = profile.points.flatMap(({ role, id }, i) => (role === 'measure' && id !== 'circuit1.flow' ? [i] : []))
    return [flow, ...measured.slice(0, storedEach - 1)].flatMap((i) => own[i] ?? [])
  })
  await first.stop()
  const rows = await loadTemperatures(join(dataFolder, 'history'), Uint32Array.from(series).sort())

  const serving = await start()
  const took: number[] = []
  const stalls = monitorEventLoopDelay({ resolution: 1 })
  let told = ''
  for (let round = 0; round < rounds; round++) {
    stalls.enable()
    const began = performance.now()
    const trial = await serving.host.call('alarms.tryRule', { content, from: yearFrom, to: yearTo }, systemContext)
    took.push((performance.now() - began) / 1000)
    stalls.disable()
    told = `${trial.samples} samples, ${trial.variants.length} variants, ${trial.now.occurrences} occurrences`
  }
  report(`a rule over a year of ${devices} devices (goal 5 s), s`, { first: took[0] ?? 0, median: median(took), stored: rows })
  report('  longest wait of the host for its turn meanwhile, ms', { most: stalls.max / 1e6, found: told })
  await serving.stop()
} finally {
  await rm(dataFolder, { recursive: true, force: true })
}
