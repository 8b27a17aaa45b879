import { recipientContentSchema, type Recipient, type RecipientContent } from '#shared/alarms/notify.ts'

/** A recipient as it is typed: what is not filled in is empty. */
export type RecipientDraft = {
  name: string
  language: string
  active: boolean
  alsoResolved: boolean
  email: string
  sms: string
  webhook: string
}

export const fields = ['name', 'email', 'sms', 'webhook'] as const
export type Field = (typeof fields)[number]

export function draftOf(recipient: Recipient | null, language: string): RecipientDraft {
  if (!recipient) return { name: '', language, active: true, alsoResolved: true, email: '', sms: '', webhook: '' }
  const { email, sms, webhook } = recipient
  return {
    name: recipient.name,
    language: recipient.language,
    active: recipient.active,
    alsoResolved: recipient.alsoResolved,
    email: email ?? '',
    sms: sms ?? '',
    webhook: webhook ?? '',
  }
}

/** What would be saved, or which fields are not as they must be. */
export function contentOf(draft: RecipientDraft): { content: RecipientContent } | { faults: ReadonlySet<Field> } {
  const filled = (text: string) => (text.trim() === '' ? null : text.trim())
  const parsed = recipientContentSchema.safeParse({
    ...draft,
    email: filled(draft.email),
    sms: filled(draft.sms),
    webhook: filled(draft.webhook),
  })
  if (parsed.success) return { content: parsed.data }
  const named = parsed.error.issues.map(({ path }) => path[0])
  return { faults: new Set(fields.filter((field) => named.includes(field))) }
}
