import type { CallInput } from '#shared/api.ts'
import type { Formula } from '#shared/virtual/contract.ts'
import type { Quantity } from '#shared/units.ts'

/** A formula as it is typed. `device` '' is a new device for calculated points, called `newDevice`. */
export type FormulaDraft = {
  id: number | null
  name: string
  device: string
  newDevice: string
  is: Quantity
  text: string
  trusting: boolean
  /** Percent of a group that must have a value. */
  share: number | string
}

/** What a formula can be. Texts are nothing that can be calculated. */
export const quantities = [
  'temperature',
  'temperatureDifference',
  'power',
  'energy',
  'flow',
  'volume',
  'pressure',
  'ratio',
  'duration',
  'count',
  'number',
  'state',
] as const satisfies readonly Quantity[]

export function newDraft(device: string): FormulaDraft {
  return { id: null, name: '', device, newDevice: '', is: 'temperatureDifference', text: '', trusting: false, share: 75 }
}

export function draftOf({ id, name, device, is, text, trusting, share }: Formula): FormulaDraft {
  return { id, name, device, newDevice: '', is, text, trusting, share: Math.round(share * 100) }
}

/** What is checked while it is typed. */
export function checkInput({ id, device, is, text, trusting, share }: FormulaDraft): CallInput<'virtual.check'> {
  const part = typeof share === 'number' ? Math.min(100, Math.max(1, share)) / 100 : 0.75
  return { text, is, trusting, share: part, ...(device === '' ? {} : { device }), ...(id === null ? {} : { id }) }
}

/** Whether everything that is needed has been entered. */
export function isWhole({ id, name, device, newDevice, text }: FormulaDraft): boolean {
  return name.trim() !== '' && text.trim() !== '' && (id !== null || device !== '' || newDevice.trim() !== '')
}

/** The text with something put in place of what is marked, and where the cursor stands behind it. */
export function inserted(text: string, from: number, to: number, words: string): { text: string; cursor: number } {
  const before = text.slice(0, from)
  const gap = before === '' || /[\s(,;{]$/.test(before) ? '' : ' '
  return { text: `${before}${gap}${words}${text.slice(to)}`, cursor: from + gap.length + words.length }
}
