import type { Endpoint } from '#shared/devices/way.ts'
import type { PointRole } from '#shared/devices/profile.ts'
import type { Template } from '#shared/opcua/template.ts'
import type { Quantity } from '#shared/units.ts'

export type WriteDraft = { min: number | string; max: number | string; level: 'basic' | 'limited' | 'full' | 'admin' }

/** One point and the node that brings it; `from` is empty as long as none has been chosen. */
export type Mapping = {
  id: string
  title: string
  is: Quantity
  role: PointRole
  from: string
  /** Name of the node, for a person. */
  node: string
  scale: number | string
  needed: boolean
  write: WriteDraft | null
}

export type Identity = 'anonymous' | 'password' | 'certificate'

/** What the wizard remembers for this session; never the password. */
export type Draft = {
  step: number
  host: string
  port: number | string
  path: string
  policy: string
  mode: Endpoint['mode']
  identity: Identity
  user: string
  /** Base node of the device, and its name; empty: the whole server is one device. */
  base: string
  baseName: string
  template: string
  /** The saved device file that the rows are, untouched; empty once they were changed. */
  saved: string
  profileName: string
  maker: string
  model: string
  mappings: Mapping[]
  name: string
  place: string
}

export const usualPort = 4840

export const startDraft: Draft = {
  step: 0,
  host: '',
  port: usualPort,
  path: '',
  policy: '',
  mode: 'None',
  identity: 'anonymous',
  user: '',
  base: '',
  baseName: '',
  template: '',
  saved: '',
  profileName: '',
  maker: '',
  model: '',
  mappings: [],
  name: '',
  place: '',
}

export type Where = { host: string; port: number; path: string }

/** An address as it is typed or pasted: `opc.tcp://10.0.0.5:4840/server` fills all three fields. */
export function splitUrl(typed: string): Partial<Pick<Draft, 'host' | 'port' | 'path'>> {
  const found = /^opc\.tcp:\/\/(\[[^\]]+\]|[^:/\s]+)(?::(\d+))?(\/\S*)?$/i.exec(typed.trim())
  if (!found) return { host: typed }
  const [, host = '', port, path] = found
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? usualPort : Number(port), path: path === '/' ? '' : (path ?? '') }
}

export function whereOf({ host, port, path }: Draft): Where | null {
  const number = Number(port)
  const sound = host.trim() !== '' && !/\s/.test(host.trim()) && Number.isInteger(number) && number > 0 && number < 65536
  return sound ? { host: host.trim(), port: number, path: path.trim() } : null
}

export function endpointOf({ path, policy, mode, identity, user }: Draft): Endpoint {
  return { path: path.trim(), policy, mode, identity, ...(identity === 'password' ? { user: user.trim() } : {}) }
}

/** How an operation is told to look into the server; the password is only there when the person typed it in this session. */
export function loginOf(draft: Draft, secret: string) {
  const where = whereOf(draft)
  return {
    host: where?.host ?? '',
    port: where?.port ?? usualPort,
    endpoint: endpointOf(draft),
    member: draft.base,
    ...(draft.identity !== 'anonymous' && secret !== '' ? { secret } : {}),
  }
}

/** The points of a template beside what has been mapped already; what was there is kept. */
export function withTemplate(mappings: readonly Mapping[], template: Template): Mapping[] {
  const known = new Set(mappings.map(({ id }) => id))
  const added = template.points
    .filter(({ id }) => !known.has(id))
    .map(({ id, is, role, needed, write }): Mapping => ({
      id,
      title: '',
      is,
      role,
      needed,
      from: '',
      node: '',
      scale: 1,
      write: write ?? null,
    }))
  const needed = new Map(template.points.map((point) => [point.id, point.needed]))
  return [...mappings.map((one) => ({ ...one, needed: needed.get(one.id) ?? one.needed })), ...added]
}

/** Why a row cannot be saved as it stands; null when it can. Rows without a node are left out and are no fault unless needed. */
export function rowFault(row: Mapping, all: readonly Mapping[]): 'id' | 'twice' | 'scale' | 'range' | 'needed' | null {
  if (!/^[a-z][A-Za-z0-9.]*$/.test(row.id)) return 'id'
  if (all.filter(({ id }) => id === row.id).length > 1) return 'twice'
  if (!Number.isFinite(Number(row.scale)) || row.scale === '' || Number(row.scale) === 0) return 'scale'
  if (row.write && !(Number(row.write.min) < Number(row.write.max))) return 'range'
  if (row.needed && row.from === '') return 'needed'
  return null
}
