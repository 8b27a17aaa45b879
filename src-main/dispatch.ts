import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { OperationName } from '#shared/api.ts'
import { mayAs, type Operation } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Actor } from '#shared/users/contract.ts'
import type { Events } from './events.ts'
import type { Log } from './log.ts'

/** Who asks, and the way to change that person's session. */
export type Context = {
  actor: Actor | null
  /** The secret of the session that the request came with. */
  session?: string
  /** Sets (or with null ends) the session of this client. Absent where there is no client. */
  setSession?: (secret: string | null) => void
  /** Fires when whoever asked has gone and no answer is wanted any more. */
  signal?: AbortSignal
  /** The entry that this request leaves in the activity log. Absent where the operation leaves none. */
  entry?: Entry
}

/** What an entry of the activity log tells beyond who asked for what, such as the value before a change. */
export type Detail = Record<string, string | number | boolean | null>

export type Entry = {
  /** Says what the entry will be closed with; `result` instead of `done`, where an act can end in several ways. */
  note(detail: Detail, result?: string): void
  /** Replaces the detail of the closed entry when more is known. */
  amend(detail: Detail): Promise<void>
}

export type Handler = (input: never, context: Context) => unknown
export type Registered = { row: Operation; handler: Handler }

/** Writes the activity log: opened before the act, closed after it, so that a power cut cannot erase that it was tried. */
export type Pen = {
  open(entry: { actor: Actor | null; operation: string; kind: string; subject: string | null; input: string }): Promise<number>
  close(id: number, result: string, subject: string | null, detail?: Detail | null): Promise<void>
  amend(id: number, detail: Detail): Promise<void>
}

export type Dispatch = (name: OperationName, input: unknown, context: Context) => Promise<unknown>

/** The one way in, for every door: find, allow, parse, note, run, close the note, announce. */
export function createDispatch(table: ReadonlyMap<string, Registered>, pen: Pen, events: Events, log: Log): Dispatch {
  return async (name, input, context) => {
    const registered = table.get(name)
    if (!registered) throw new Failure('notFound', { what: name })
    const { row, handler } = registered
    const role = context.actor?.role ?? 'public'
    if (!mayAs(role, row.role))
      throw new Failure(context.actor ? 'access.denied' : 'access.required', { operation: name, needed: row.role })
    const parsed = row.input.safeParse(input)
    if (!parsed.success) throw new Failure('input.invalid', { fields: z.prettifyError(parsed.error) })
    const run = async (entry?: Entry) => row.output.parse(await handler(parsed.data as never, entry ? { ...context, entry } : context))
    if (row.audit === undefined) return guarded(() => run(), name, log)

    const asked = parsed.data as Record<string, unknown>
    const id = await pen.open({
      actor: context.actor,
      operation: name,
      kind: row.audit,
      subject: typeof asked['id'] === 'string' ? asked['id'] : null,
      input: JSON.stringify(asked, (key, value: unknown) => (secretFields.has(key) || bulkyFields.has(key) ? '…' : value)),
    })
    let noted: { detail: Detail; result: string } | undefined
    const entry: Entry = {
      note: (detail, result = 'done') => {
        noted = { detail, result }
      },
      amend: (detail) => pen.amend(id, detail),
    }
    try {
      const output = await guarded(() => run(entry), name, log)
      const subject = subjectOf(asked, output)
      await pen.close(id, noted?.result ?? 'done', subject, noted?.detail)
      events.announce({ event: 'changed', kind: row.audit, ids: subject === null ? [] : [subject] })
      return output
    } catch (error) {
      await pen.close(id, error instanceof Failure ? error.code : 'internal', null, noted?.detail)
      throw error
    }
  }
}

/** What would fill the activity log; the handler notes what matters of it. */
const bulkyFields = new Set(['document'])
const secretFields = new Set(['token', 'password', 'secret'])

function subjectOf(input: Record<string, unknown>, output: unknown): string | null {
  if (typeof input['id'] === 'string') return input['id']
  if (typeof output === 'object' && output !== null && 'id' in output && typeof output.id === 'string') return output.id
  return null
}

/** Lets a Failure through; anything else is a defect: it gets an id, which the log explains and the caller may quote. */
async function guarded(run: () => Promise<unknown>, name: string, log: Log): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure) throw error
    const id = randomUUID().slice(0, 8)
    log.error('operation failed', { operation: name, id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    throw new Failure('internal', { id }, { cause: error })
  }
}
