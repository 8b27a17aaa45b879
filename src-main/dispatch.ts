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
}

export type Handler = (input: never, context: Context) => unknown
export type Registered = { row: Operation; handler: Handler }

/** Writes the activity log: opened before the act, closed after it, so that a power cut cannot erase that it was tried. */
export type Pen = {
  open(entry: { actor: Actor | null; operation: string; kind: string; subject: string | null; input: string }): Promise<number>
  close(id: number, result: string, subject: string | null): Promise<void>
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
    const run = async () => row.output.parse(await handler(parsed.data as never, context))
    if (row.audit === undefined) return guarded(run, name, log)

    const asked = parsed.data as Record<string, unknown>
    const entry = await pen.open({
      actor: context.actor,
      operation: name,
      kind: row.audit,
      subject: typeof asked['id'] === 'string' ? asked['id'] : null,
      input: JSON.stringify(asked, (key, value: unknown) => (secretFields.has(key) ? '…' : value)),
    })
    try {
      const output = await guarded(run, name, log)
      const subject = subjectOf(asked, output)
      await pen.close(entry, 'done', subject)
      events.announce({ event: 'changed', kind: row.audit, ids: subject === null ? [] : [subject] })
      return output
    } catch (error) {
      await pen.close(entry, error instanceof Failure ? error.code : 'internal', null)
      throw error
    }
  }
}

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
