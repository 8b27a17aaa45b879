import { randomUUID } from 'node:crypto'
import { mayAs, type Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { mostPresets, presetContentSchema, type Preset, type presets } from '#shared/presets/contract.ts'
import type { Actor } from '#shared/users/contract.ts'
import type { Capability, Host } from '../capability.ts'
import type { Tables } from '../database.ts'
import type { Context } from '../dispatch.ts'

type Row = Tables['preset']

/** Keeps selections under a name: each person's own, and those that everybody sees. */
export function createPresets(host: Host): Capability {
  const { database, plant } = host

  const present = (row: Row, actor: Actor): Preset => {
    const content = presetContentSchema.parse(JSON.parse(row.content))
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      shared: row.shared === 1,
      owner: row.owner,
      mayChange: mayChange(row, actor),
      mayRemove: mayRemove(row, actor),
      content,
      missing: content.series.filter((series) => plant.ownerOf(series) === undefined),
      changedAt: row.changedAt,
    }
  }

  /** A preset that the person sees. What somebody else keeps for himself is not there. */
  const find = async (id: string, actor: Actor): Promise<Row> => {
    const row = await database.selectFrom('preset').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row || (row.shared === 0 && row.owner !== actor.name)) throw new Failure('notFound', { what: 'preset' })
    return row
  }

  const operations: Handlers<typeof presets, Context> = {
    async list({ kind }, context) {
      const actor = actorOf(context)
      const rows = await database
        .selectFrom('preset')
        .selectAll()
        .where((row) => row.or([row('shared', '=', 1), row('owner', '=', actor.name)]))
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'chart'))
        .execute()
      const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
      return { presets: rows.map((row) => present(row, actor)).sort((a, b) => names.compare(a.name, b.name)) }
    },

    async add({ kind, name, shared, content }, context) {
      const actor = actorOf(context)
      if (shared) needFull(actor, 'presets.add')
      const row: Row = {
        id: randomUUID(),
        kind,
        name,
        owner: actor.name,
        shared: shared ? 1 : 0,
        content: JSON.stringify(content),
        changedAt: host.clock(),
      }
      await database.transaction().execute(async (transaction) => {
        const { count } = await transaction
          .selectFrom('preset')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('owner', '=', actor.name)
          .executeTakeFirstOrThrow()
        if (count >= mostPresets) throw new Failure('preset.tooMany', { most: mostPresets })
        await named(transaction.insertInto('preset').values(row).execute(), name)
      })
      return present(row, actor)
    },

    async change({ id, name, shared, content }, context) {
      const actor = actorOf(context)
      const before = await find(id, actor)
      if (!mayChange(before, actor)) throw new Failure('access.denied', { operation: 'presets.change', needed: 'full' })
      if (shared !== undefined && shared !== (before.shared === 1)) {
        needFull(actor, 'presets.change')
        // Taking back what everybody uses is like taking it away.
        if (!shared && !mayRemove(before, actor)) throw new Failure('access.denied', { operation: 'presets.change', needed: 'admin' })
      }
      const row: Row = {
        ...before,
        name: name ?? before.name,
        shared: (shared ?? before.shared === 1) ? 1 : 0,
        content: content ? JSON.stringify(content) : before.content,
        changedAt: host.clock(),
      }
      await named(database.updateTable('preset').set(row).where('id', '=', id).execute(), row.name)
      return present(row, actor)
    },

    async remove({ id }, context) {
      const actor = actorOf(context)
      const row = await find(id, actor)
      if (!mayRemove(row, actor)) throw new Failure('access.denied', { operation: 'presets.remove', needed: 'admin' })
      context.entry?.note({ name: row.name, kind: row.kind, shared: row.shared === 1 })
      await database.deleteFrom('preset').where('id', '=', id).execute()
      return { done: true }
    },
  }
  return { operations }
}

function actorOf({ actor }: Context): Actor {
  if (!actor) throw new Failure('access.required')
  return actor
}

function mayChange({ owner, shared }: Row, actor: Actor): boolean {
  return owner === actor.name ? shared === 0 || mayAs(actor.role, 'full') : shared === 1 && mayAs(actor.role, 'full')
}

function mayRemove({ owner, shared }: Row, actor: Actor): boolean {
  return owner === actor.name || (shared === 1 && mayAs(actor.role, 'admin'))
}

function needFull({ role }: Actor, operation: string): void {
  if (!mayAs(role, 'full')) throw new Failure('access.denied', { operation, needed: 'full' })
}

/** Says that a name is taken where the database refuses it for that. */
async function named(work: Promise<unknown>, name: string): Promise<void> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') {
      throw new Failure('preset.exists', { name }, { cause: error })
    }
    throw error
  }
}
