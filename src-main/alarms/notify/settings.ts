import { z } from 'zod'
import { generalSchema, mailSchema, smsSchema, type Channel, type ChannelSettings } from '#shared/alarms/notify.ts'
import type { Database } from '../../database.ts'

const secret = z.string().nullable()
const keptMail = mailSchema.extend({ password: secret })
const keptSms = smsSchema.extend({ secret })
const keptPush = z.object({ publicKey: z.string(), privateKey: z.string() })

/** How channels are set, with their secrets. Kept as rows of the configuration, like the secrets of devices. */
export const keptSettings = {
  general: { schema: generalSchema, start: { address: '', mostInTenMinutes: 10, push: false } },
  mail: {
    schema: keptMail,
    start: {
      on: false,
      host: '',
      port: 587,
      security: 'starttls',
      user: '',
      password: null,
      from: '',
      checkCertificate: true,
    } satisfies z.infer<typeof keptMail>,
  },
  sms: {
    schema: keptSms,
    start: {
      on: false,
      method: 'POST',
      url: '',
      headers: [],
      body: '',
      escape: 'json',
      success: '',
      secret: null,
    } satisfies z.infer<typeof keptSms>,
  },
  push: { schema: keptPush.nullable(), start: null },
} as const

type Kept = typeof keptSettings
export type KeptSetting<K extends keyof Kept> = z.infer<Kept[K]['schema']>

export async function readSetting<K extends keyof Kept>(database: Database, name: K): Promise<KeptSetting<K>> {
  const row = await database.selectFrom('setting').select('value').where('key', '=', `alarms.${name}`).executeTakeFirst()
  const { schema, start } = keptSettings[name]
  return (row ? schema.parse(JSON.parse(row.value)) : start) as KeptSetting<K>
}

export async function writeSetting<K extends keyof Kept>(database: Database, name: K, content: KeptSetting<K>): Promise<void> {
  const value = JSON.stringify(content)
  await database
    .insertInto('setting')
    .values({ key: `alarms.${name}`, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** What may be told: whether there is a secret, never which. */
export async function shownSettings(database: Database): Promise<ChannelSettings> {
  const [general, mail, sms] = await Promise.all([
    readSetting(database, 'general'),
    readSetting(database, 'mail'),
    readSetting(database, 'sms'),
  ])
  const { password, ...mailRest } = mail
  const { secret: gatewaySecret, ...smsRest } = sms
  return {
    general,
    mail: { ...mailRest, secretSet: password !== null },
    sms: { ...smsRest, secretSet: gatewaySecret !== null },
  }
}

/** Channels that are set up and on. A webhook needs nothing but its address. */
export function readyChannels({ general, mail, sms }: ChannelSettings): Channel[] {
  const ready: Channel[] = ['webhook']
  if (mail.on && mail.host !== '' && mail.from !== '') ready.push('email')
  if (sms.on && sms.url !== '') ready.push('sms')
  if (general.push) ready.push('push')
  return ready
}
