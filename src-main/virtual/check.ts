import { qualities } from '#shared/reading.ts'
import { compile, type Points } from '#shared/virtual/compile.ts'
import type { CheckedFormula, FormulaReason, FormulaResult } from '#shared/virtual/contract.ts'
import { code, Machine, missing, type Outcome, type Reason } from '#shared/virtual/evaluate.ts'
import { FaultyFormula, type FormulaFault } from '#shared/virtual/fault.ts'
import type { Program } from '#shared/virtual/program.ts'
import type { Quantity } from '#shared/units.ts'
import type { Host } from '../capability.ts'
import { ordered } from './network.ts'
import { pointsOf } from './points.ts'
import type { StoredFormula } from './store.ts'

const mostShown = 200

export type Draft = { text: string; is: Quantity; trusting: boolean; share: number; device?: string | undefined }

/** A draft as a program, or what is wrong with it: with its words, its units, or that it would need itself. */
export function readDraft(
  host: Host,
  draft: Draft,
  own: { series: number; name: string } | null,
  others: readonly { series: number; program: Program; formula: StoredFormula }[],
): Program | FormulaFault {
  const points: Points = pointsOf(host.plant, { own: draft.device, strict: true })
  let program: Program
  try {
    program = compile(draft.text, { ...draft, points })
  } catch (error) {
    if (error instanceof FaultyFormula) return error.fault
    throw error
  }
  if (program.inputs.length === 0) return { code: 'noPoint', at: 0, length: draft.text.length, params: {} }
  if (!own) return program
  const needs = new Map(others.map((other) => [other.series, other.program.inputs.map(({ series }) => series)]))
  needs.set(
    own.series,
    program.inputs.map(({ series }) => series),
  )
  const { ring } = ordered(needs)
  if (!ring.includes(own.series)) return program
  const names = ring.map((series) =>
    series === own.series ? own.name : (others.find((other) => other.series === series)?.formula.name ?? ''),
  )
  return { code: 'ring', at: 0, length: draft.text.length, params: { ring: [...names, names[0]].join(' → ') } }
}

export function isFault(found: Program | FormulaFault): found is FormulaFault {
  return 'code' in found
}

/** What a program gives with the readings of now. */
export function nowOf(host: Host, program: Program, share: number): { outcome: Outcome; at: number | null } {
  const readings = program.inputs.map(({ series }) => host.latest.get(series))
  const columns = {
    value: Float64Array.from(readings, (reading) => reading?.value ?? Number.NaN),
    quality: Uint8Array.from(readings, (reading) => (reading ? code(reading.quality) : missing)),
  }
  const at = readings.reduce((newest, reading) => Math.max(newest, reading?.at ?? 0), 0)
  const map = readings.map((_reading, i) => i)
  return { outcome: new Machine().run(program, map, columns, share), at: at === 0 ? null : at }
}

export function presentInputs(host: Host, { inputs }: Program): CheckedFormula['inputs'] {
  return inputs.slice(0, mostShown).flatMap(({ series, back }) => {
    const owner = host.plant.ownerOf(series)
    if (!owner) return []
    const { device, point } = owner
    const reading = host.latest.get(series)
    return [
      {
        series,
        device: device.id,
        deviceName: device.name,
        point: point.id,
        title: point.title ?? null,
        is: point.is,
        value: reading?.value ?? null,
        quality: reading?.quality ?? null,
        at: reading?.at ?? null,
        back,
      },
    ]
  })
}

export function presentResult(host: Host, program: Program, outcome: Outcome, at: number | null): FormulaResult {
  return {
    value: Number.isNaN(outcome.value) ? null : outcome.value,
    quality: qualities[outcome.quality] ?? 'fault',
    at,
    reason: outcome.reason && presentReason(host, program, outcome.reason),
  }
}

export function presentReason(host: Host, { inputs }: Program, { code: why, input, at, end, have, of }: Reason): FormulaReason {
  const series = input === null ? null : (inputs[input]?.series ?? null)
  const owner = series === null ? undefined : host.plant.ownerOf(series)
  return {
    code: owner?.point.formula && why !== 'share' ? 'calculated' : why,
    series,
    deviceName: owner?.device.name ?? null,
    point: owner?.point.id ?? null,
    title: owner?.point.title ?? null,
    at,
    length: end - at,
    have,
    of,
  }
}
