import type { Database } from '../database.ts'
import type { Change } from './record.ts'
import { isForgettable } from './kept.ts'
import { quantityOf } from './present.ts'

/** Writes changes in their order. Runs within a transaction. */
export async function writeChanges(transaction: Database, changes: readonly Change[]): Promise<void> {
  for (const one of changes) await writeChange(transaction, one)
  // Of a condition that changed several times only how it stands in the end has to be kept.
  const last = new Map(changes.map((one) => [one.condition.key, one]))
  for (const [id, { kept, at }] of last) {
    if (isForgettable(kept)) await transaction.deleteFrom('alarmStanding').where('id', '=', id).execute()
    else {
      const row = { standing: JSON.stringify(kept), changedAt: at }
      await transaction
        .insertInto('alarmStanding')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute()
    }
  }
}

async function writeChange(transaction: Database, one: Change): Promise<void> {
  const { condition, at, begins, acknowledges, happening } = one
  const alarm = condition.key
  const unended = () => transaction.updateTable('alarmOccurrence').where('alarm', '=', alarm).where('endedAt', 'is', null)
  if (one.clears) await unended().set({ clearedAt: at }).where('clearedAt', 'is', null).execute()
  if (acknowledges) {
    const { by, comment } = acknowledges
    await unended().set({ acknowledgedAt: at, acknowledgedBy: by, comment }).where('acknowledgedAt', 'is', null).execute()
  }
  if (one.resets) await unended().set({ resetAt: at }).execute()
  if (one.ends) await unended().set({ endedAt: at }).execute()
  // After the former ones, which may end as this one begins.
  if (begins) await transaction.insertInto('alarmOccurrence').values(occurrenceOf(one, begins)).execute()
  if (happening)
    await transaction
      .insertInto('alarmHappening')
      .values({ ...happening, alarm, priority: condition.priority })
      .execute()
}

function occurrenceOf({ condition, at }: Change, begins: NonNullable<Change['begins']>) {
  const { key, rule, place, device, priority, series } = condition
  return {
    id: begins.id,
    alarm: key,
    rule: rule.id,
    ruleName: rule.name,
    kind: rule.test.kind,
    priority,
    device: device?.id ?? null,
    deviceName: device?.name ?? condition.name,
    place: device?.place ?? '',
    point: place.point === '' ? null : place.point,
    part: place.part,
    series,
    quantity: quantityOf(condition),
    value: begins.value,
    limitValue: begins.limit,
    raisedAt: at,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    comment: null,
    resetAt: null,
    endedAt: null,
    hidden: begins.hidden,
    beneath: begins.hidden === 'suppressed' ? condition.parent : null,
  }
}
