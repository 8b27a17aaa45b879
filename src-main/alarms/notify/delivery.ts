import type { Facts } from '#shared/alarms/notify-facts.ts'
import type { NoticeText } from '#shared/alarms/notify-text.ts'
import type { Trouble } from '#shared/alarms/notify.ts'
import type { Priority } from '#shared/alarms/priority.ts'
import type { KeptRecipient } from './items.ts'

/** One message on its way. `id` is the same at every try. `facts` is empty for a test. */
export type Message = {
  id: string
  at: number
  recipient: KeptRecipient
  /** Which browser, for web push. */
  browser: string | null
  text: NoticeText
  link: string
  priority: Priority | null
  facts: readonly Facts[]
}

/**
 * How a try ended. `arrived`: the other side said so, in `answer`. `failed`: it is certain that it did not; `final` when another try cannot help. `doubt`: it
 * left, but nobody answered.
 */
export type Delivery =
  | { is: 'arrived'; answer: string }
  | { is: 'failed'; trouble: Trouble; detail: string; final: boolean }
  | { is: 'doubt'; trouble: Trouble; detail: string }

export const failed = (trouble: Trouble, detail: string, final = false): Delivery => ({ is: 'failed', trouble, detail: cut(detail), final })
export const doubt = (trouble: Trouble, detail: string): Delivery => ({ is: 'doubt', trouble, detail: cut(detail) })
export const arrived = (answer: string): Delivery => ({ is: 'arrived', answer: cut(answer) })

const cut = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 500)
