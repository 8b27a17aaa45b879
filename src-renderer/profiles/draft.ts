import type { Profile, ProfilePoint } from '#shared/devices/profile.ts'
import { cellsOf, emptyCells, readCells, type CellFault, type Cells } from '#shared/profiles/cells.ts'
import type { ProfileDocument } from '#shared/profiles/contract.ts'
import { isOwn } from '#shared/profiles/name.ts'

/** One point as it is typed. `key` stays while its cells change. */
export type Row = { key: number; cells: Cells }

export const headFields = ['name', 'maker', 'model', 'title', 'source', 'proven', 'first', 'block', 'gap', 'functions'] as const
export type Head = Record<(typeof headFields)[number], string>

/** What the file says beside its points and what the form shows; it is kept as it is. */
type Rest = Pick<Profile, 'detect'> & Partial<Omit<Profile, 'points' | 'include'>>

export type Draft = { head: Head; rest: Rest; rows: readonly Row[]; key: readonly string[] }

export type Preset = 'apex' | undefined

/** A table without points. An ECL Apex 20 has no registers of its own: its integrator gives the numbers. */
export function emptyDraft(preset: Preset): Draft {
  const apex = preset === 'apex'
  return {
    head: {
      name: '',
      maker: apex ? 'Danfoss' : '',
      model: apex ? 'ECL Apex 20' : '',
      title: '',
      source: '',
      proven: 'table',
      first: apex ? '1' : '0',
      block: '50',
      gap: '0',
      functions: '3, 4, 6',
    },
    rest: { detect: {} },
    rows: [],
    key: [],
  }
}

/**
 * A device file as a draft, its parts written out. Of one that comes with the program a copy is made, which is chosen by hand and
 * has no samples: what recognises a device and what proves a file stay with the original.
 */
export function draftOf(id: string, document: Profile, copy: boolean): Draft {
  const { points = {}, include: _include, key, ...all } = document
  const { detect: _detect, variants: _variants, plausible: _plausible, fallback: _fallback, samples: _samples, ...copied } = all
  const { maker, model, title, source, proven, firstRegister, limits } = document
  return {
    head: {
      name: isOwn(id) && !copy ? (id.split('/').at(-1) ?? '') : '',
      maker,
      model,
      title,
      source,
      proven,
      first: String(firstRegister),
      block: String(limits.block),
      gap: String(limits.gap),
      functions: limits.functions.join(', '),
    },
    rest: copy ? { ...copied, detect: {} } : all,
    rows: Object.entries(points).map(([name, point], key) => ({ key, cells: cellsOf(name, point) })),
    key,
  }
}

/** The file that a draft makes, of the rows that are right. What the head says wrongly is found by the check of the file. */
export function documentOf({ head, rest, key }: Draft, points: Readonly<Record<string, ProfilePoint>>): ProfileDocument {
  // No number at all is one that no file may have, so that the check of the file names it.
  const number = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : -1)
  const functions = head.functions.split(/[\s,;]+/).filter((code) => code !== '')
  return {
    ...rest,
    maker: head.maker.trim(),
    model: head.model.trim(),
    title: head.title.trim(),
    source: head.source.trim(),
    proven: head.proven,
    protocol: 'modbus',
    firstRegister: number(head.first),
    limits: { ...rest.limits, block: number(head.block), gap: number(head.gap), functions: functions.map(number) },
    points,
    key: key.filter((id) => id in points),
    samples: rest.samples ?? [],
  }
}

/** Fields of the head without which a file says nothing of where it comes from. */
export function missingIn(head: Head): ReadonlySet<keyof Head> {
  return new Set((['name', 'maker', 'model', 'title', 'source'] as const).filter((field) => head[field].trim() === ''))
}

export type Reading = { points: Record<string, ProfilePoint>; faults: ReadonlyMap<number, readonly CellFault[]> }

const known = new WeakMap<Cells, ReturnType<typeof readCells>>()

/** The points of the rows that are right, and what is wrong with the others. Rows that did not change are not read again. */
export function readRows(rows: readonly Row[]): Reading {
  const points: Record<string, ProfilePoint> = {}
  const faults = new Map<number, readonly CellFault[]>()
  for (const { key, cells } of rows) {
    const read = known.get(cells) ?? readCells(cells)
    known.set(cells, read)
    const id = cells.id.trim()
    if (read.point === null) faults.set(key, read.faults)
    else if (id in points) faults.set(key, [{ column: 'id', fault: 'twice' }])
    else points[id] = read.point
  }
  return { points, faults }
}

export const nextKey = (rows: readonly Row[]) => rows.reduce((most, { key }) => Math.max(most, key), -1) + 1

/** A row more, after `after` or at the end, with the number that follows. */
export function withRow(rows: readonly Row[], after: Row | undefined, cells?: Cells): { rows: Row[]; row: Row } {
  const last = after ?? rows.at(-1)
  const number = Number(last?.cells.number ?? '')
  const next = { ...emptyCells, role: 'measure', ...(last && Number.isInteger(number) ? { number: String(number + 1) } : {}) }
  const row = { key: nextKey(rows), cells: cells ?? next }
  const place = after ? rows.findIndex(({ key }) => key === after.key) + 1 : rows.length
  return { rows: rows.toSpliced(place, 0, row), row }
}
