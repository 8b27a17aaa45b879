import type { Controller } from '../image/controller.ts'
import { ModbusServer } from './modbus-server.ts'

// Modbus allows 125 registers in a read; the ECL 210, 296 and 310 stop at 123.
const maxCount = 123
const idleCloseMs = 75_000
const clients = 8

/** A controller behind a port of its own, by the rules that its profile states. Rejects when the port cannot be had. */
export function serveController(
  controller: Controller,
  host: string,
  port: number,
  ways: { latencyMs?: number; mute?: boolean } = {},
): Promise<ModbusServer> {
  const { limits, points } = controller.station.profile
  return ModbusServer.open({
    ...ways,
    bank: controller,
    host,
    port,
    unit: () => controller.unit,
    serviceUnit: limits.serviceUnit,
    rules: {
      functions: limits.functions,
      maxCount: Math.max(maxCount, limits.block),
      // Where a device has no input registers of its own, functions 3 and 4 give the same.
      input: points.some(({ area }) => area === 'input') ? 'input' : 'holding',
    },
    clients: limits.clients ?? clients,
    idleCloseMs: limits.idleCloseMs ?? idleCloseMs,
  })
}
