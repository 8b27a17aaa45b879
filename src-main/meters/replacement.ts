import type { ParsedOf } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { meters, Replacement } from '#shared/meters/contract.ts'
import type { Host } from '../capability.ts'
import { indexesOf } from './consumption.ts'
import { pointOf } from './parts.ts'
import type { Known } from './registry.ts'

type Asked = ParsedOf<(typeof meters)['replace']>

/** Meters that are read seldom still have an index within this time before and after. */
const aroundMs = 40 * 24 * 3_600_000
/** Indexes are read off a display that may show fewer digits than the meter sends. */
const roundingOf = (index: number) => Math.max(1, Math.abs(index) * 1e-6)

type Around = { last: { at: number; value: number } | null; next: { at: number; value: number } | null }

/** The index that history has last before a moment, and the first from then on. */
async function around(host: Host, { meter, device }: Known, register: 'energy' | 'volume', at: number): Promise<Around> {
  const found = pointOf(device, meter.part, register)
  if (!found) return { last: null, next: null }
  const samples = await indexesOf(host, found.series, at - aroundMs, host.clock() + 1)
  return { last: samples.findLast((sample) => sample.at < at) ?? null, next: samples.find((sample) => sample.at >= at) ?? null }
}

/** What a replacement looks like by what is known: from the moment on when another serial number was noticed, or from `at` on. */
export async function propose(host: Host, known: Known, wanted: number | undefined): Promise<Replacement> {
  const { meter } = known
  const at = wanted ?? meter.otherSince ?? host.clock()
  const [energy, volume] = [await around(host, known, 'energy', at), await around(host, known, 'volume', at)]
  return {
    at,
    oldSerial: meter.serial,
    newSerial: meter.otherSerial,
    finalEnergy: energy.last?.value ?? null,
    firstEnergy: energy.next?.value ?? null,
    finalVolume: volume.last?.value ?? null,
    firstVolume: volume.next?.value ?? null,
  }
}

/**
 * Throws input.invalid for a moment in the future or after the new meter was noticed, and meter.indexMisfit for indexes that
 * contradict what is stored around the moment: consumption would be lost or counted twice.
 */
export async function checkReplacement(host: Host, known: Known, asked: Asked): Promise<void> {
  const latest = known.meter.otherSince ?? host.clock()
  if (asked.at > latest) throw new Failure('input.invalid', { fields: 'at: the new meter was there before' })
  for (const register of ['energy', 'volume'] as const) {
    const [final, first] = register === 'energy' ? [asked.finalEnergy, asked.firstEnergy] : [asked.finalVolume, asked.firstVolume]
    const { last, next } = await around(host, known, register, asked.at)
    if (final !== null && last && final < last.value - roundingOf(last.value)) {
      throw new Failure('meter.indexMisfit', { register, which: 'final', asked: final, stored: last.value, at: last.at })
    }
    if (first === null || !next) continue
    const rest = next.value - first
    const goesOn = last !== null && next.value >= last.value && next.value - last.value < rest / 2
    if (rest < -roundingOf(first) || goesOn) {
      throw new Failure('meter.indexMisfit', { register, which: 'first', asked: first, stored: next.value, at: next.at })
    }
  }
}
