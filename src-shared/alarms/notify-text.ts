import { unitOf } from './measured.ts'
import type { Facts } from './notify-facts.ts'
import type { Priority } from './priority.ts'
import { fitSms } from './sms-text.ts'

/** The texts of one language, nested as in locales/<language>/notices.json, and what else a message names. */
export type NoticeWords = {
  language: string
  /** The text of a key with dots, filled. `count` chooses the plural. */
  text: (key: string, params?: Record<string, string | number>) => string
  priority: (priority: Priority) => string
  /** What the part of a rule means, such as "very high"; empty when it says nothing. */
  part: (part: string) => string
  /** The name of a point of a device; empty when there is none. */
  point: (device: string | null, point: string | null) => string
}

/** `address` is where people reach the program, empty for none. */
export type NoticeSetting = { words: NoticeWords; timeZone: string; address: string; list: string }
export type NoticeText = { subject: string; body: string; sms: string }

/** More lines than these are counted instead of told. */
const mostLines = 100
/** Kinds whose value says nothing that the words do not say already. */
const wordless: ReadonlySet<Facts['kind']> = new Set(['controller', 'offline', 'meter'])

/** A message of one notice, or of several that were gathered, the first that came up first. */
export function noticeText(all: readonly Facts[], setting: NoticeSetting): NoticeText {
  const [first] = all
  if (!first) throw new Error('a message of nothing')
  return all.length === 1 ? single(first, setting) : gathered(first, all, setting)
}

function single(facts: Facts, setting: NoticeSetting): NoticeText {
  const { words } = setting
  const { text } = words
  const resolved = facts.what === 'resolved'
  const names = { priority: words.priority(facts.priority), rule: ruleOf(facts, words), device: facts.deviceName }
  const subject = text(resolved ? 'subjectResolved' : facts.step > 0 ? 'subjectAgain' : 'subject', names)
  const since = facts.raisedAt === null ? '' : moment(facts.raisedAt, setting)
  const line = (key: string, value: string): string[] => (value === '' ? [] : [`${text(`line.${key}`)}: ${value}`])
  const steps = facts.action.split('\n').filter((step) => step.trim() !== '')
  const body = [
    ...line('alarm', names.rule),
    ...line('device', facts.deviceName),
    ...line('place', facts.place),
    ...line('through', facts.line),
    ...line('point', words.point(facts.device, facts.point)),
    ...line('value', valueText(facts, setting)),
    ...line('since', since),
    ...line('until', resolved && facts.clearedAt !== null ? moment(facts.clearedAt, setting) : ''),
    ...line('priority', names.priority),
    ...(resolved || facts.respondMinutes === null ? [] : line('respond', text('minutes', { count: facts.respondMinutes }))),
    ...(!resolved && facts.step > 0 ? ['', text('again', { time: since })] : []),
    ...(resolved || steps.length === 0 ? [] : ['', `${text('line.action')}:`, ...steps.map((step, i) => `${i + 1}. ${step.trim()}`)]),
    ...(resolved ? [] : line('document', facts.link)),
    ...foot(setting, facts.alarm),
  ].join('\n')
  const short = text(resolved ? 'smsResolved' : 'sms', names)
  const rest = [
    valueText(facts, setting),
    facts.raisedAt === null ? '' : text('smsSince', { time: clock(facts.raisedAt, setting) }),
    facts.place,
  ]
  return { subject, body, sms: fitSms(short, rest, linkOf(setting, facts.alarm)) }
}

function gathered(first: Facts, all: readonly Facts[], setting: NoticeSetting): NoticeText {
  const { words } = setting
  const { text } = words
  const name = `${ruleOf(first, words)}: ${first.deviceName}`
  const subject = text(all.every(({ what }) => what === 'resolved') ? 'gatheredResolved' : 'gathered', { count: all.length, first: name })
  const lines = all.slice(0, mostLines).map((facts) => {
    const where = [facts.deviceName, facts.place].filter((part) => part !== '').join(', ')
    const value = valueText(facts, setting)
    const parts = [
      facts.raisedAt === null ? '' : clock(facts.raisedAt, setting),
      `[${words.priority(facts.priority)}]`,
      `${where}: ${ruleOf(facts, words)}`,
      value === '' ? '' : `(${value})`,
      facts.what === 'resolved' ? `- ${text('gone')}` : '',
    ]
    return parts.filter((part) => part !== '').join(' ')
  })
  const more = all.length - lines.length
  const body = [...lines, ...(more > 0 ? [text('more', { count: more })] : []), ...foot(setting, null)].join('\n')
  const others = text('more', { count: all.length - 1 })
  const short = text(first.what === 'resolved' ? 'smsResolved' : 'sms', {
    priority: words.priority(first.priority),
    rule: ruleOf(first, words),
    device: first.deviceName,
  })
  return { subject, body, sms: fitSms(short, [others], linkOf(setting, null)) }
}

function foot(setting: NoticeSetting, alarm: string | null): string[] {
  const { text } = setting.words
  const link = linkOf(setting, alarm)
  return [
    ...(link === '' ? [] : ['', `${text('line.open')}: ${link}`]),
    ...(setting.list === '' ? [] : ['', text('why', { list: setting.list })]),
  ]
}

/** Where an alarm, or the list of them, is to be seen; empty without an address of the program. */
export function linkOf({ address }: Pick<NoticeSetting, 'address'>, alarm: string | null): string {
  if (address === '') return ''
  return `${address.replace(/\/+$/, '')}/alarms${alarm === null ? '' : `?alarm=${encodeURIComponent(alarm)}`}`
}

function ruleOf({ ruleName, part }: Facts, words: NoticeWords): string {
  const said = words.part(part)
  return said === '' ? ruleName : `${ruleName} (${said})`
}

function valueText({ kind, raisedValue, limit, is, part, decimals }: Facts, { words }: NoticeSetting): string {
  if (raisedValue === null || wordless.has(kind) || is === 'state' || is === 'text') return ''
  const format = new Intl.NumberFormat(words.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const written = (value: number): string => [format.format(value), unitOf({ kind, is, part })].filter((part) => part !== '').join(' ')
  if (limit === null) return written(raisedValue)
  return words.text('valueAtLimit', { value: written(raisedValue), limit: written(limit) })
}

function moment(at: number, { words, timeZone }: NoticeSetting): string {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(tagOf(words.language), { ...style, timeZone, timeZoneName: 'short' }).format(at)
}

function clock(at: number, { words, timeZone }: NoticeSetting): string {
  const style = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(tagOf(words.language), { ...style, timeZone }).format(at)
}

/** Day before month also in English. */
const tagOf = (language: string): string => (language === 'en' ? 'en-GB' : language)
