import { benchProfile, seriesFor, startAcquisition } from './acquire.ts'
import { startFleet } from './fleet-program.ts'
import { quantile, report, sleep } from './measure.ts'

/**
 * 1,000 controllers with every measured point watched (10 s), and the same with 100 of them dead (they take the connection and
 * stay mute). Age: how old the last value of a live controller is, looked at every second. CPU is that of the whole reading
 * process; memory is what 1,000 connections add to it.
 */
const seconds = 30
const settleSeconds = 12
const size = 1000
const profile = benchProfile()
const watched = profile.points.flatMap(({ role }, i) => (role === 'measure' ? [i] : []))

for (const dead of [0, 100]) {
  const { ports, program } = await startFleet(size, dead > 0 ? ['--dead', String(dead)] : [])
  const before = process.memoryUsage.rss()
  const acquisition = await startAcquisition(profile, ports)
  const last = new Float64Array(size)
  const firstOf = new Map(ports.map((_port, i) => [seriesFor(profile, i, watched[0] ?? 0), i]))
  acquisition.onReadings(({ batch }) => {
    batch.series.forEach((series, row) => {
      const device = firstOf.get(series)
      if (device !== undefined && batch.quality[row] === 0) last[device] = Date.now()
    })
  })
  await acquisition.call.watch({ series: ports.flatMap((_port, i) => watched.map((point) => seriesFor(profile, i, point))) })
  await sleep(settleSeconds * 1000)
  const cpu = process.cpuUsage()
  const requests = () => [...acquisition.reports.values()].reduce((sum, report_) => sum + report_.requests, 0)
  const asked = requests()
  const ages: number[] = []
  for (let second = 0; second < seconds; second++) {
    await sleep(1000)
    for (let i = 0; i < size - dead; i++) ages.push(Date.now() - (last[i] ?? 0))
  }
  const used = process.cpuUsage(cpu)
  const states = [...acquisition.reports.values()].map(({ contact }) => contact.state)
  report(`${size} controllers × ${watched.length} points / 10 s, ${dead} dead`, {
    'age p50 s': quantile(ages, 0.5) / 1000,
    'age p99 s': quantile(ages, 0.99) / 1000,
    'worst s': quantile(ages, 1) / 1000,
    'requests/s': (requests() - asked) / seconds,
    '% of a core': (used.user + used.system) / 10_000 / seconds,
    'MiB added': (process.memoryUsage.rss() - before) / 2 ** 20,
    'seen offline': states.filter((state) => state === 'offline').length,
  })
  await acquisition.stop()
  await program.stop()
}
process.exit(0)
