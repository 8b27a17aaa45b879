import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Remote } from '#shared/rpc.ts'
import type { simulator } from '#shared/simulator/contract.ts'
import type { SimulatorPort } from '#shared/simulator/port.ts'
import { townPath } from '#shared/simulator/opcua-town.ts'
import type { Scenario } from '#shared/simulator/scenario.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { DemoTown, type Progress } from './demo-town.ts'
import { loopback } from './opening.ts'
import { devicesOf } from './record.ts'
import { truthFile, truthTable } from './truth.ts'
import { townView } from './view.ts'

const hourMs = 3_600_000
/** For a scenario that says nothing. */
const fewDays = 7

export type SimulatorCapability = Capability & {
  begin(call: Remote<SimulatorPort>): Promise<void>
  onEvent(event: string, data: unknown): void
}

/** `read`: the scenario of the demo town; read when it is first needed. `usualDays`: how much history it is made with, unless asked otherwise. */
export function createSimulator(host: Host, read: () => Scenario, usualDays: number | null): SimulatorCapability {
  let known: Scenario | undefined
  const scenario = () => (known ??= read())
  const { call } = host.workers.simulator
  const town = new DemoTown(host, scenario)
  let jumping = false

  /** Throws `notFound` while the town is closed or not ready. */
  const record = () => {
    if (!town.record) throw new Failure('notFound', { what: 'demo' })
    return town.record
  }
  const deviceOf = (station: string): string | null => {
    const device = town.record?.stations.find(({ name }) => name === station)?.device ?? null
    return device !== null && host.plant.get(device) ? device : null
  }
  const changed = () => host.events.announce({ event: 'changed', kind: 'demo', ids: [] })

  const operations: Handlers<typeof simulator, Context> = {
    async status() {
      const { name } = scenario()
      const open = town.record
      if (!open) {
        const closed = { running: false, stations: 0, outdoor: null, now: null, speed: null, ahead: null, meterLine: null, opcua: null }
        return { ...closed, making: town.making, name }
      }
      const { now, speed, outdoor } = await call.status({})
      const { meterPort, opcuaPort } = open
      return {
        running: true,
        making: null,
        stations: devicesOf(open),
        outdoor,
        name,
        now,
        speed,
        ahead: now - host.clock(),
        meterLine: meterPort === null ? null : { host: loopback, port: meterPort },
        opcua: opcuaPort === null ? null : `opc.tcp://${loopback}:${opcuaPort}${townPath}`,
      }
    },
    async open({ days }) {
      return { stations: await town.open(days ?? usualDays ?? scenario().pastDays ?? fewDays) }
    },
    async close() {
      await town.close()
      return { done: true }
    },
    async pace({ speed }) {
      record()
      await call.pace({ speed })
      changed()
      return { done: true }
    },
    async jump({ hours }) {
      record()
      if (jumping) throw new Failure('busy', { what: 'demo' })
      jumping = true
      try {
        const { now } = await call.status({})
        await call.jump({ to: now + hours * hourMs })
        await town.save()
        return { now: (await call.status({})).now }
      } finally {
        jumping = false
        changed()
      }
    },
    async town() {
      record()
      const view = townView(scenario(), await call.pipes({}), deviceOf)
      if (!view) throw new Failure('notFound', { what: 'town' })
      return view
    },
    async picture() {
      record()
      return await call.picture({})
    },
    async faults() {
      record()
      return { faults: await call.faults({}) }
    },
    async truth() {
      record()
      return truthFile(scenario().name, truthTable(await call.faults({}), deviceOf))
    },
    async strike({ kind, target, params, hours }) {
      record()
      const to = hours === undefined ? null : (await call.status({})).now + hours * hourMs
      const fault = await call.strike({ kind, target, params, to })
      changed()
      return fault
    },
    async heal({ id }) {
      record()
      const fault = await call.heal({ id })
      changed()
      return fault
    },
  }

  return {
    operations,
    begin: (worker) => town.begin(worker),
    onEvent(event, data) {
      if (event !== 'progress') return
      const { done, total } = data as Progress
      const progress = { done: Math.round(done), total: Math.round(total) }
      if (town.record) host.events.announce({ event: 'jobs', job: 'demo.jump', ...progress, state: done < total ? 'running' : 'done' })
      else {
        town.making = progress
        host.events.announce({ event: 'jobs', job: 'demo.open', ...progress, state: 'running' })
      }
    },
    start: () => town.start(),
    stop: () => town.stop(),
  }
}
