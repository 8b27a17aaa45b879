import type { backups } from '#shared/backups/contract.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { Backups } from './backups.ts'
import { Exports } from './exports.ts'
import { checkFolder } from './place.ts'
import { settleMs } from './schedule.ts'
import { writeSettings } from './settings.ts'

const lookEveryMs = 30_000

/** Copies of everything in another place, and exports for other programs. Both read the whole store, so they take turns. */
export function createBackups(host: Host): Capability {
  const own = new Backups(host)
  const exports = new Exports(host)
  let timer: NodeJS.Timeout | undefined
  let looking = Promise.resolve()

  const operations: Handlers<typeof backups, Context> = {
    status: () => own.status(),
    async configure(settings) {
      if (settings.folder !== null) await checkFolder(settings.folder, host.dataFolder)
      await writeSettings(host.database, settings)
      return settings
    },
    run: (_input, context) => {
      if (exports.busy) throw new Failure('busy', { what: 'export' })
      return own.begin(context)
    },
    cancel: () => {
      own.cancel()
      return { done: true }
    },
    exports: async () => ({ run: exports.run, exports: await exports.list() }),
    startExport: ({ format }, context) => {
      if (own.busy) throw new Failure('busy', { what: 'backup' })
      return exports.begin(format, context)
    },
    cancelExport: () => {
      exports.cancel()
      return { done: true }
    },
    downloadExport: ({ id, name }) => exports.download(id, name),
    async removeExport({ id }) {
      await exports.remove(id)
      return { done: true }
    },
  }

  /** Starts what is due. A run of the schedule is asked for like a person's, so that the activity log has it. */
  const look = async () => {
    const { next } = await own.status()
    const now = host.clock()
    if (next === null || now < next || now < host.startedAt + settleMs || own.busy || exports.busy) return
    await host.call('backups.run', {}, systemContext)
  }

  return {
    operations,
    async start() {
      await own.start()
      await exports.start()
      timer = setInterval(() => {
        looking = look().catch((error: unknown) => host.log.error('the schedule of backups failed', { error: String(error) }))
      }, lookEveryMs).unref()
    },
    async stop() {
      clearInterval(timer)
      await looking
      await Promise.all([own.stop(), exports.stop()])
    },
  }
}
