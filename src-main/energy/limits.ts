import { join } from 'node:path'
import { limitsSchema, type Limits } from '#shared/energy/limits.ts'
import type { Host } from '../capability.ts'
import { readJson } from '../resources.ts'

const key = 'energy.limits'

/** What counts as plausible: as the program comes with it, or as somebody has set it. */
export class StandingLimits {
  readonly #host: Host
  #now: Limits | undefined

  constructor(host: Host) {
    this.#host = host
  }

  #shipped(): Limits {
    return limitsSchema.parse(readJson(join(this.#host.layout.resources, 'energy', 'limits.json')))
  }

  async get(): Promise<Limits> {
    if (this.#now) return this.#now
    const row = await this.#host.database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
    const kept = row ? limitsSchema.safeParse(JSON.parse(row.value)) : null
    if (kept && !kept.success) this.#host.log.for('energy').warn('limits that were set do not fit this version and are not used')
    this.#now = kept?.success ? kept.data : this.#shipped()
    return this.#now
  }

  async set(limits: Limits | null): Promise<Limits> {
    const { database } = this.#host
    if (limits === null) await database.deleteFrom('setting').where('key', '=', key).execute()
    else {
      const value = JSON.stringify(limits)
      await database
        .insertInto('setting')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
    }
    this.#now = limits ?? this.#shipped()
    return this.#now
  }
}
