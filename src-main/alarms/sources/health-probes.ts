import { statfs } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { systemContext, type Host } from '../../capability.ts'

const hourMs = 3_600_000
/** Samples that waited less than this long are on their way. */
const behindMs = 10 * 60_000
export const patienceMs = 5000
/** The folder of backups is read for it. */
const backupsMs = 5 * 60_000
const gigabyte = 1e9

/** What the program knows of itself; null: not known now. `history` is silent when its thread does not answer. */
export type Health = {
  /** GB. */
  diskFree: number | null
  /** Hours since the last good backup, or since there is something to lose. */
  backupAge: number | null
  /** Late reads and missed quarter hours of the last hour, all devices together. */
  late: number | null
  history: 'ready' | 'refilling' | 'failed' | 'silent'
  /** The fewest samples that waited for the disk at any look of the last ten minutes; null: not looked for so long. */
  waiting: number | null
}

type Seen = { at: number; count: number }
type HealthHost = Pick<Host, 'call' | 'dataFolder' | 'startedAt'>

/** Looks at what the program knows of itself. What has not answered after `patience` ms is unknown, and not asked again while it hangs. */
export function createProbes(host: HealthHost, patience: number): (at: number) => Promise<Health> {
  const askHistory = patiently(() => host.call('history.status', {}, systemContext), patience)
  const askBackups = patiently(() => host.call('backups.status', {}, systemContext), patience)
  const askDisk = patiently(() => statfs(host.dataFolder), patience)
  const askLines = patiently(() => host.call('acquisition.connections', {}, systemContext), patience)
  const counted = new Map<string, number>()
  let lates: Seen[] = []
  let waits: Seen[] = []
  let backups: { at: number; known: boolean; lastGood: number | null } = { at: -Infinity, known: false, lastGood: null }

  const lateAt = (at: number, counts: readonly { device: string; count: number }[]) => {
    let fresh = 0
    // A count that went down has begun anew with its thread.
    for (const { device, count } of counts) {
      const before = counted.get(device) ?? 0
      fresh += count >= before ? count - before : count
      counted.set(device, count)
    }
    lates = [...lates.filter((one) => one.at > at - hourMs && one.at <= at), { at, count: fresh }]
    return lates.reduce((sum, { count }) => sum + count, 0)
  }

  const waitingAt = (at: number, count: number) => {
    waits = [...waits, { at, count }].filter((one) => one.at <= at)
    const full = waits.findLastIndex((one) => one.at <= at - behindMs)
    if (full < 0) return null
    waits = waits.slice(full)
    return Math.min(...waits.map((one) => one.count))
  }

  return async (at) => {
    const [history, disk, lines] = await Promise.all([askHistory(), askDisk(), askLines()])
    if (at - backups.at >= backupsMs || at < backups.at) {
      const told = await askBackups()
      backups = { at, known: told !== null, lastGood: told?.lastGood ?? backups.lastGood }
    }
    const from = backups.lastGood ?? history?.first ?? host.startedAt
    return {
      diskFree: disk && Math.round((disk.bavail * disk.bsize * 10) / gigabyte) / 10,
      backupAge: !backups.known ? null : Math.max(0, Math.floor(((at - from) * 10) / hourMs) / 10),
      late:
        lines &&
        lateAt(
          at,
          lines.map(({ device, overruns, missedSlots }) => ({ device, count: overruns + missedSlots })),
        ),
      history: history?.state ?? 'silent',
      waiting: history && waitingAt(at, history.waiting),
    }
  }
}

/** Null when nothing came in time, or a failure did. */
function patiently<T>(ask: () => Promise<T>, patience: number): () => Promise<T | null> {
  let running: Promise<T | null> | undefined
  return () => {
    running ??= ask()
      .catch(() => null)
      .finally(() => {
        running = undefined
      })
    return Promise.race([running, wait(patience, null, { ref: false })])
  }
}
