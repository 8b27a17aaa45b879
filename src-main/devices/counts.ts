import type { Host } from '../capability.ts'

/**
 * Settings of a controller lie in a memory that bears about 100,000 writes. Ten a day reach that in 27 years, which is what a
 * person is warned of; two dozen in eleven, which is where a program is stopped.
 */
export const warnAt = 10
export const limit = 24

/** How often each point was written. A day is one of the installation's time zone. */
export function createCounts({ database, clock, timeZone }: Pick<Host, 'database' | 'clock' | 'timeZone'>) {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone })
  const day = () => days.format(clock())

  return {
    async today(device: string, point: string): Promise<number> {
      const row = await database
        .selectFrom('written')
        .select('today')
        .where('device', '=', device)
        .where('point', '=', point)
        .where('day', '=', day())
        .executeTakeFirst()
      return row?.today ?? 0
    },

    async add(device: string, point: string): Promise<void> {
      const now = day()
      await database
        .insertInto('written')
        .values({ device, point, day: now, today: 1, total: 1 })
        .onConflict((taken) =>
          taken.columns(['device', 'point']).doUpdateSet((is) => ({
            day: now,
            today: is
              .case()
              .when('written.day', '=', now)
              .then(is('written.today', '+', 1))
              .else(1)
              .end(),
            total: is('written.total', '+', 1),
          })),
        )
        .execute()
    },

    async of(device: string): Promise<{ point: string; today: number; total: number }[]> {
      const now = day()
      const rows = await database.selectFrom('written').select(['point', 'day', 'today', 'total']).where('device', '=', device).execute()
      return rows.map(({ point, total, ...row }) => ({ point, today: row.day === now ? row.today : 0, total }))
    },
  }
}
