import type { Handlers } from '#shared/contract.ts'
import type { energy, Finding } from '#shared/energy/contract.ts'
import { lasting } from '#shared/energy/finding.ts'
import { Failure } from '#shared/failures.ts'
import { systemContext, type Capability, type Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { Checker } from './checker.ts'
import { consumption } from './consumption.ts'
import { StandingLimits } from './limits.ts'
import { acknowledge, presentFinding, readFindings, readPlates, ruleOf, writePlate, type StoredFinding } from './store.ts'

const yearMs = 366 * 24 * 3_600_000
const lookEveryMs = 5 * 60_000

export function createEnergy(host: Host): Capability {
  const limits = new StandingLimits(host)
  const checker = new Checker(host, limits)
  let timer: NodeJS.Timeout | undefined

  const present = (finding: StoredFinding): Finding[] => {
    const point = finding.series === null ? null : (host.plant.ownerOf(finding.series)?.point.id ?? null)
    const shown = presentFinding(finding, point)
    return shown ? [shown] : []
  }

  const operations: Handlers<typeof energy, Context> = {
    consumption: (asked) => consumption(host, limits, asked),

    async findings({ meter, all }) {
      const found = await readFindings(host.database, { meter, since: all === 'yes' ? host.clock() - yearMs : null })
      return found.flatMap(present)
    },

    async acknowledge({ id, note }, { actor }) {
      const closes = (text: string) => {
        const rule = ruleOf(text)
        return rule !== undefined && lasting.has(rule)
      }
      const finding = await acknowledge(host.database, id, { at: host.clock(), name: actor?.name ?? '', note, closes })
      const [shown] = finding ? present(finding) : []
      if (!shown) throw new Failure('notFound', { what: 'finding' })
      return shown
    },

    check: () => checker.begin(),
    checkState: () => checker.info,
    async checkStop() {
      await checker.stop()
      return { done: true }
    },

    async plates() {
      return [...(await readPlates(host.database))].map(([meter, plate]) => ({ meter, ...plate }))
    },

    async setPlate({ meter, ...plate }) {
      const meters = await host.call('meters.list', {}, systemContext)
      if (!meters.some(({ id }) => id === meter)) throw new Failure('notFound', { what: 'meter' })
      await writePlate(host.database, meter, plate)
      return { meter, ...plate }
    },

    limits: () => limits.get(),
    setLimits: ({ limits: wanted }) => limits.set(wanted),
  }

  /** The night is waited for in small steps, so that a clock that is set does no harm. */
  const look = () => {
    if (checker.info.state !== 'running' && host.clock() >= checker.next()) checker.begin()
  }

  return {
    operations,
    async start() {
      timer = setInterval(look, lookEveryMs)
      return Promise.resolve()
    },
    async stop() {
      clearInterval(timer)
      await checker.stop()
    },
  }
}
