import type { Handlers } from '#shared/contract.ts'
import type { overrides } from '#shared/overrides/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { Attribution } from './attribution.ts'
import { Leases } from './leases.ts'
import { presentLease, presentOverride } from './present.ts'
import { Releases } from './release.ts'
import { Standing } from './standing.ts'

export function createOverrides(host: Host): Capability {
  const standing = new Standing(host)
  const attribution = new Attribution(host)
  const releases = new Releases(host)
  const leases = new Leases(host)

  const operations: Handlers<typeof overrides, Context> = {
    async list() {
      const stands = standing.list()
      const by = await attribution.of(stands)
      return stands.map((stand) => presentOverride(stand, by.get(stand.series) ?? null))
    },
    release: ({ points }, context) => releases.begin(points, context),
    releaseStatus: () => ({ release: releases.last }),
    cancelRelease() {
      releases.cancel()
      return { done: true }
    },
    leases: async () => (await leases.list()).map((row) => presentLease(host, row)),
    lease: async (asked, context) => presentLease(host, await leases.take(asked, context)),
    renew: async ({ id }, context) => presentLease(host, await leases.renew(id, context)),
    endLease: async ({ id }, context) => presentLease(host, await leases.end(id, context)),
  }

  return {
    operations,
    take(event) {
      standing.take(event)
      leases.heard(event)
    },
    async deviceChanged({ kind, device }) {
      if (kind !== 'removed') return standing.add(device)
      standing.drop(device)
      leases.gone(device.id)
    },
    async start() {
      await standing.start()
      await leases.start()
    },
    async stop() {
      await releases.stop()
      await leases.stop()
      await standing.stop()
    },
  }
}
