import { join } from 'node:path'
import { run, type Program } from './measure.ts'

/** Starts the fleet of simulated controllers as a process of its own; resolves with its ports when all of them listen. */
export async function startFleet(stations: number, extra: readonly string[] = []): Promise<{ ports: number[]; program: Program }> {
  const program = run([join(import.meta.dirname, 'fleet.ts'), '--stations', String(stations), ...extra])
  const { ports } = JSON.parse(await program.line((text) => text.startsWith('{'))) as { ports: number[] }
  return { ports, program }
}
