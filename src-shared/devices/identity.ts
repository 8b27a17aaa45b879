import type { ProbeBlock, ProbeResult } from '../acquisition/port.ts'
import { rawOf } from './codec.ts'
import type { Identity } from './contract.ts'
import { holesOf } from './flatten.ts'
import { plan, type Block } from './plan.ts'
import type { FlatProfile } from './profile.ts'
import { textOf } from './text.ts'

/** The reads that bring all identity points of a profile, and whatever else tells such a device from others. */
export function identityBlocks(profile: FlatProfile): ProbeBlock[] {
  return blocksOf(profile).map(({ area, address, count }) => ({ area, address, count }))
}

/** Point → raw number out of what a probe answered to `identityBlocks`. Points of a refused block are absent. */
export function identityValues(profile: FlatProfile, words: ProbeResult['words']): Map<string, number> {
  const values = new Map<string, number>()
  for (const [i, block] of blocksOf(profile).entries()) {
    const answer = words[i]
    if (!answer || answer.length < block.count) continue
    for (const point of block.points) values.set(point.id, rawOf(point, answer, point.address - block.address))
  }
  return values
}

/** Who a device is, from its raw identity values. What it did not answer, or cannot mean, is null. */
export function readIdentity(profile: FlatProfile, values: ReadonlyMap<string, number>): Identity {
  const orderCode = values.get('identity.orderCode')
  return {
    maker: profile.maker,
    model: profile.models?.[String(orderCode)] ?? profile.model,
    application: applicationOf(profile, values),
    applicationVersion: identityText(profile, values, 'identity.applicationVersion'),
    firmware: identityText(profile, values, 'identity.firmware'),
    hardware: identityText(profile, values, 'identity.hardware'),
    orderCode: identityText(profile, values, 'identity.orderCode'),
    serial: identityText(profile, values, 'identity.serial'),
    production: identityText(profile, values, 'identity.production'),
  }
}

/** Text of one identity value, or null when it is absent or cannot be written in the form that its point has. */
export function identityText(profile: FlatProfile, values: ReadonlyMap<string, number>, id: string): string | null {
  const raw = values.get(id)
  const point = profile.points.find((one) => one.id === id)
  if (raw === undefined || !point) return null
  return point.text ? textOf(point.text, raw) : String(raw)
}

/** Such as A266.1: prefix letter, type and subtype, or in one piece. Null when it is missing or no such thing. */
function applicationOf(profile: FlatProfile, values: ReadonlyMap<string, number>): string | null {
  if (values.has('identity.application')) return identityText(profile, values, 'identity.application')
  const letter = identityText(profile, values, 'identity.applicationLetter')
  const [type, subtype] = [values.get('identity.applicationType'), values.get('identity.applicationSubtype')]
  return letter && type !== undefined && type > 0 && subtype !== undefined ? `${letter}${type}.${subtype}` : null
}

function blocksOf(profile: FlatProfile): Block[] {
  const telling = new Set([...Object.keys(profile.detect), ...Object.keys(profile.plausible ?? {})])
  const points = profile.points.filter((point) => point.role === 'identity' || telling.has(point.id))
  return plan(points, profile.limits, holesOf(profile))
}
