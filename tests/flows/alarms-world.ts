import type { RuleContentInput } from '#shared/alarms/rule.ts'
import { startWorld } from './world.ts'

export type AlarmWorld = Awaited<ReturnType<typeof startHouses>>

const points = [
  { key: 'flow', point: 'circuit1.flow', is: 'temperature', scale: 1 },
  { key: 'back', point: 'circuit1.return', is: 'temperature', scale: 1 },
] as const

/** A Hearthgrid whose houses send what the test says, when it says. `folder` of a former world goes on with its houses. */
export async function startHouses(names: readonly string[], options: Parameters<typeof startWorld>[0] & { token?: string } = {}) {
  const world = await startWorld(options)
  const known = await world.call('devices.list', {})
  const token = options.token ?? (await world.call('ingest.addGateway', { name: 'Router 1', zone: 'UTC' })).token
  const devices = new Map(known.map(({ name, id }) => [name, id]))
  for (const name of names) {
    if (devices.has(name)) continue
    devices.set(name, (await world.call('ingest.map', { id: 'router-1', member: name, name, points: [...points] })).id)
  }
  let second = Math.floor((options.clock ?? Date.now)() / 1000) - 3000
  /** Each message is a second later than the one before, so that none is taken for a copy. */
  const send = async (values: Record<string, { flow?: number; back?: number }>, agoMs?: number) => {
    second = agoMs === undefined ? second + 1 : Math.floor(((options.clock ?? Date.now)() - agoMs) / 1000)
    const body = Object.entries(values).map(([device, of]) => ({ device, ts: second * 1000, ...of }))
    const answer = await fetch(`${world.serving.url}/api/v1/ingest/router-1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    return second * 1000
  }
  const idOf = (name: string) => devices.get(name) ?? ''
  const open = async () => (await world.call('alarms.list', {})).rows
  const addRule = (content: RuleContentInput) => world.call('alarms.addRule', { content })
  return { ...world, gatewayToken: token, send, idOf, open, addRule }
}
