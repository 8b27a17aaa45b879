import type { Template } from '#shared/opcua/template.ts'
import type { Draft, Mapping } from './draft.ts'

/** The device file that the mapped points make, as `profiles.save` takes it. */
export function documentOf(draft: Draft, template: Template | undefined): Record<string, unknown> {
  const mapped = draft.mappings.filter(({ from }) => from !== '')
  const ids = new Set(mapped.map(({ id }) => id))
  const requires = Object.fromEntries(Object.entries(template?.requires ?? {}).filter(([id]) => ids.has(id)))
  const key = (template?.key ?? []).filter((id) => ids.has(id))
  return {
    maker: draft.maker.trim(),
    model: draft.model.trim(),
    title: draft.profileName.trim(),
    source: `Nodes of the OPC UA server at ${draft.host.trim()}, mapped by hand`,
    proven: 'field',
    protocol: 'opcua',
    firstRegister: 0,
    limits: { block: 1, gap: 0, functions: [] },
    detect: {},
    ...(Object.keys(requires).length > 0 ? { requires } : {}),
    points: Object.fromEntries(mapped.map((row) => [row.id, pointOf(row)])),
    key:
      key.length > 0
        ? key
        : mapped
            .filter(({ role }) => role === 'measure')
            .slice(0, 3)
            .map(({ id }) => id),
    samples: [],
  }
}

function pointOf({ from, role, is, scale, title, write }: Mapping): Record<string, unknown> {
  return {
    from,
    role,
    is,
    ...(Number(scale) === 1 ? {} : { scale: Number(scale) }),
    ...(title.trim() === '' ? {} : { title: title.trim() }),
    ...(write ? { write: { min: Number(write.min), max: Number(write.max), level: write.level } } : {}),
  }
}

/** The rows of a device file that was saved before, for another device of the same kind. Null when it is no OPC UA file. */
export function mappingsOf(document: Record<string, unknown>): Mapping[] | null {
  if (document['protocol'] !== 'opcua' || typeof document['points'] !== 'object' || document['points'] === null) return null
  return Object.entries(document['points'] as Record<string, Partial<Mapping>>).map(([id, point]) => ({
    id,
    title: typeof point.title === 'string' ? point.title : '',
    is: point.is ?? 'number',
    role: point.role ?? 'measure',
    from: typeof point.from === 'string' ? point.from : '',
    node: '',
    scale: point.scale ?? 1,
    needed: false,
    write: point.write ?? null,
  }))
}
