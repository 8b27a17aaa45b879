import { listContentSchema, type ListContent, type NotifyList } from '#shared/alarms/notify.ts'

export type Exception = { from: string; to: string; recipient: string }
export type ListDraft = {
  name: string
  members: readonly string[]
  weekly: boolean
  start: string
  weekday: number
  at: string
  exceptions: readonly Exception[]
}

export const faults = ['name', 'start', 'at', 'exceptions', 'rota'] as const
export type ListFault = (typeof faults)[number]

/** `today` is the local day that a new rota begins on. */
export function draftOf(list: NotifyList | null, today: string): ListDraft {
  const fresh = { weekly: false, start: today, weekday: 1, at: '08:00', exceptions: [] }
  if (!list) return { name: '', members: [], ...fresh }
  const { name, members, rota } = list
  if (rota.kind === 'none') return { name, members, ...fresh }
  const { start, weekday, at, exceptions } = rota
  return { name, members, weekly: true, start, weekday, at, exceptions }
}

export function contentOf(draft: ListDraft): { content: ListContent } | { faults: ReadonlySet<ListFault> } {
  const { name, members, weekly, start, weekday, at, exceptions } = draft
  const backwards = weekly && exceptions.some(({ from, to, recipient }) => from >= to || recipient === '')
  const parsed = listContentSchema.safeParse({
    name,
    members,
    rota: weekly ? { kind: 'weekly', start, weekday, at, exceptions } : { kind: 'none' },
  })
  if (parsed.success && !backwards) return { content: parsed.data }
  const words = parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => path.map(String))
  const found = faults.filter((fault) => words.includes(fault))
  return { faults: new Set(backwards ? [...found, 'exceptions' as const] : found) }
}

/** The members with the one at `index` moved by one place; as they are at the ends. */
export function moved(members: readonly string[], index: number, by: -1 | 1): string[] {
  const [one, other] = [members[index], members[index + by]]
  if (one === undefined || other === undefined) return [...members]
  return members.map((id, i) => (i === index ? other : i === index + by ? one : id))
}
