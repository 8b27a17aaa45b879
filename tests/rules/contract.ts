import { z } from 'zod'
import { roles, type Contract, type Operation } from '#shared/contract.ts'

/** Changing methods that change nothing at rest, each with its reason. */
export const unaudited: Record<string, string> = {
  'devices.probe': 'looks at an address and keeps nothing',
  'opcua.endpoints': 'looks at a server and keeps nothing',
  'opcua.browse': 'looks at a server and keeps nothing',
  'opcua.read': 'looks at a server and keeps nothing',
  'meters.look': 'looks at an address and keeps nothing',
  'profiles.testRead': 'looks at an address and keeps nothing',
  'commissioning.saveDraft': 'remembers how far a person is on the screen',
  'commissioning.scanTable': 'makes a table of what was found and adds nothing',
  'commissioning.readTable': 'reads a file and adds nothing',
  'commissioning.askTable': 'looks at addresses and adds nothing',
  'devices.test': 'reads every point once and keeps only what came as readings',
  'devices.readSettings': 'asks a device for what it is set to',
  'acquisition.tryNow': 'brings the next contact forward',
  'virtual.check': 'calculates once and keeps nothing',
  'virtual.test': 'calculates a day and keeps nothing',
  'alarms.tryRule': 'calculates over the past and keeps nothing',
  'alarms.effect': 'only says what a rule would look at',
  'alarms.stopTrial': 'ends a calculation that keeps nothing',
  'overrides.renew': 'a sign of life of whoever took the lease, as often as every few seconds',
}

const eachRow = (api: Record<string, Contract>) =>
  Object.entries(api).flatMap(([capability, rows]) => Object.entries(rows).map(([key, row]) => ({ name: `${capability}.${key}`, row })))

/** Two operations behind one door, rows whose path asks for fields that the input lacks, roles that are none. */
export function rowBreaches(api: Record<string, Contract>): string[] {
  const doors = new Map<string, string>()
  return eachRow(api).flatMap(({ name, row }) => {
    const found: string[] = []
    const door = `${row.method} ${row.path.replaceAll(/\{\w+\}/g, '{}')}`
    const other = doors.get(door)
    if (other !== undefined) found.push(`${name} has the same door as ${other}: ${door}`)
    doors.set(door, name)
    const fields = fieldsOf(row)
    for (const [, field = ''] of row.path.matchAll(/\{(\w+)\}/g))
      if (!fields.includes(field)) found.push(`${name} has {${field}} in its path but not in its input`)
    if (!roles.includes(row.role)) found.push(`${name} names no role`)
    if (row.summary.trim() === '') found.push(`${name} has no summary`)
    return found
  })
}

/** Changes without an entry in the activity log, and looks with one. */
export function auditBreaches(api: Record<string, Contract>, free: Record<string, string> = unaudited): string[] {
  const rows = eachRow(api)
  const unknown = Object.keys(free).filter((name) => !rows.some((one) => one.name === name))
  return [
    ...rows.flatMap(({ name, row }) => {
      if (row.method === 'GET') return row.audit === undefined ? [] : [`${name} only looks but is audited`]
      if (name in free) return row.audit === undefined ? [] : [`${name} is audited and listed as free`]
      return row.audit === undefined ? [`${name} changes something without an entry in the activity log`] : []
    }),
    ...unknown.map((name) => `${name} is listed as free but is no operation`),
  ]
}

/** Operations nobody answers, and answers to what nobody can ask. */
export function handlerBreaches(api: Record<string, Contract>, handled: readonly string[]): string[] {
  const names = eachRow(api).map(({ name }) => name)
  return [
    ...names.filter((name) => !handled.includes(name)).map((name) => `${name} has no handler`),
    ...handled.filter((name) => !names.includes(name)).map((name) => `${name} has a handler but no row`),
  ]
}

/** Schemas that the OpenAPI document cannot show. */
export function schemaBreaches(api: Record<string, Contract>): string[] {
  return eachRow(api).flatMap(({ name, row }) => [...shown(name, 'input', row.input), ...shown(name, 'output', row.output)])
}

function shown(name: string, io: 'input' | 'output', schema: z.ZodType): string[] {
  try {
    const made = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
    return Object.keys(made).some((key) => key !== '$schema') ? [] : [`${name}: the ${io} says nothing`]
  } catch (error) {
    return [`${name}: the ${io} has no schema: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function fieldsOf(row: Operation): string[] {
  const made = z.toJSONSchema(row.input, { io: 'input', unrepresentable: 'any' })
  return Object.keys(made.properties ?? {})
}
