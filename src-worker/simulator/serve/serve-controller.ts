import type { Controller } from '../image/controller.ts'
import { ModbusServer } from './modbus-server.ts'

// The ECL's own limit; drivers stay well below.
const maxCount = 123
const idleCloseMs = 75_000

/** A controller behind a port of its own, by the rules that its profile states. Rejects when the port cannot be had. */
export function serveController(
  controller: Controller,
  host: string,
  port: number,
  ways: { latencyMs?: number; mute?: boolean } = {},
): Promise<ModbusServer> {
  const { limits } = controller.station.profile
  return ModbusServer.open({
    ...ways,
    bank: controller,
    host,
    port,
    unit: () => controller.unit,
    serviceUnit: limits.serviceUnit,
    rules: { functions: limits.functions, maxCount },
    clients: limits.clients ?? 1,
    idleCloseMs: limits.idleCloseMs ?? idleCloseMs,
  })
}
