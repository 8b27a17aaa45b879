import type { Selectable } from 'kysely'
import type { Finding } from '#shared/energy/contract.ts'
import { lasting, rules, type Figure, type Rule } from '#shared/energy/finding.ts'
import { blankPlate, type Plate } from '#shared/energy/meter-hours.ts'
import type { Database, Tables } from '../database.ts'

export type StoredFinding = Selectable<Tables['finding']>

const mostShown = 2000

/** Those that stand open, and those that were explained and were still seen since. */
export function readStanding(database: Database, since: number): Promise<StoredFinding[]> {
  return database
    .selectFrom('finding')
    .selectAll()
    .where(({ eb, and, or }) =>
      or([
        eb('closedAt', 'is', null),
        and([eb('acknowledgedAt', 'is not', null), eb('rule', 'in', [...lasting]), eb('lastSeen', '>=', since)]),
      ]),
    )
    .execute()
}

/** Open findings, or all that were open since; of one meter when it is named. Newest first. */
export function readFindings(
  database: Database,
  { meter, since }: { meter?: string | undefined; since: number | null },
): Promise<StoredFinding[]> {
  return database
    .selectFrom('finding')
    .selectAll()
    .$if(meter !== undefined, (query) => query.where('meter', '=', meter ?? ''))
    .$if(since === null, (query) => query.where('closedAt', 'is', null))
    .$if(since !== null, (query) => query.where('lastSeen', '>=', since ?? 0))
    .orderBy('openSince', 'desc')
    .orderBy('id')
    .limit(mostShown)
    .execute()
}

/** All that one check brought about, or nothing of it. */
export async function applyFindings(
  database: Database,
  fresh: readonly StoredFinding[],
  gone: readonly string[],
  now: number,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const finding of fresh) {
      const { id, ...rest } = finding
      await transaction
        .insertInto('finding')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute()
    }
    for (const id of gone) await transaction.updateTable('finding').set({ closedAt: now }).where('id', '=', id).execute()
  })
}

/** Undefined when there is none. A finding that happened once is closed by being explained. */
export async function acknowledge(
  database: Database,
  id: string,
  by: { at: number; name: string; note: string; closes: (rule: string) => boolean },
): Promise<StoredFinding | undefined> {
  const finding = await database.selectFrom('finding').selectAll().where('id', '=', id).executeTakeFirst()
  if (!finding) return undefined
  const closedAt = finding.closedAt ?? (by.closes(finding.rule) ? by.at : null)
  const change = { acknowledgedAt: by.at, acknowledgedBy: by.name, note: by.note, closedAt }
  await database.updateTable('finding').set(change).where('id', '=', id).execute()
  return { ...finding, ...change }
}

export const ruleOf = (text: string): Rule | undefined => rules.find((rule) => rule === text)

/** As clients see it; null for one of a rule that this program does not have. */
export function presentFinding(finding: StoredFinding, point: string | null): Finding | null {
  const rule = ruleOf(finding.rule)
  if (!rule) return null
  const { acknowledgedAt, acknowledgedBy, note } = finding
  return {
    id: finding.id,
    rule,
    severity: finding.severity,
    device: finding.device,
    devices: JSON.parse(finding.devices) as string[],
    meter: finding.meter,
    series: finding.series,
    point,
    from: finding.fromAt,
    to: finding.toAt,
    figures: JSON.parse(finding.figures) as Figure[],
    method: finding.method,
    openSince: finding.openSince,
    lastSeen: finding.lastSeen,
    closedAt: finding.closedAt,
    acknowledged: acknowledgedAt === null ? null : { at: acknowledgedAt, by: acknowledgedBy ?? '', note: note ?? '' },
  }
}

export async function readPlates(database: Database): Promise<Map<string, Plate>> {
  const rows = await database.selectFrom('meterPlate').selectAll().execute()
  return new Map(rows.map(({ meter, ...plate }) => [meter, { ...blankPlate, ...plate }]))
}

export async function writePlate(database: Database, meter: string, plate: Plate): Promise<void> {
  await database
    .insertInto('meterPlate')
    .values({ meter, ...plate })
    .onConflict((conflict) => conflict.column('meter').doUpdateSet(plate))
    .execute()
}
