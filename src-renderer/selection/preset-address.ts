import { steps } from '#shared/history/step.ts'
import { presetPeriods, type PresetContent } from '#shared/presets/contract.ts'
import type { Address } from '../address.ts'
import { seriesOf, wordsOf } from './selected.ts'

/**
 * What a preset keeps of an address: the points, the kind of period (dates only of an own one, so that all others stay relative),
 * the step, and the words of `options`.
 */
export function contentOf(address: Address, options: readonly string[]): PresetContent {
  const kind = presetPeriods.find((one) => one === address['period']) ?? 'day'
  const { from, to } = address
  const step = steps.find((one) => one === address['step'])
  const kept = options.flatMap((word) => {
    const value = address[word]
    return value === undefined ? [] : [[word, value] as const]
  })
  return {
    series: seriesOf(address['series']),
    period: kind === 'own' ? (from && to ? { kind, from, to } : { kind: 'day' }) : { kind },
    ...(step ? { step } : {}),
    ...(kept.length > 0 ? { options: Object.fromEntries(kept) } : {}),
  }
}

/** The words of the address that show a preset. Words of `options` that it does not have are taken out. */
export function addressOf(content: PresetContent, options: readonly string[]): Address {
  const kind = content.period?.kind
  return {
    ...Object.fromEntries(options.map((word) => [word, content.options?.[word]])),
    series: wordsOf(content.series),
    period: kind === 'day' ? undefined : kind,
    from: content.period?.from,
    to: content.period?.to,
    date: undefined,
    zoom: undefined,
    step: content.step,
  }
}
