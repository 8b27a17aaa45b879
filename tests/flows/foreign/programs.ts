import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { missingPrograms, systemPython } from '../../../build/launch/foreign.mjs'

const beside = (name: string) => join(import.meta.dirname, name)

/** Throws with what to install when a program is not here that these tests talk to. */
export function needPrograms(): void {
  const missing = missingPrograms()
  if (missing.length > 0) throw new Error(`Not on this machine: ${missing.join(', ')}. Install the Debian packages of these names.`)
}

/** A folder of its own, gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hearthgrid-line-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Starts a program that runs until the end of the test, or until `end` is called. */
export function start(command: string, args: readonly string[]) {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  onTestFinished(end)
  return { end, words: () => words, isOver: () => child.exitCode !== null || child.signalCode !== null }
}

/** Waits until it is so; the test's own time limit ends a wait in vain. */
export async function when(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Two serial ports with a cable between them. */
export async function cable() {
  const place = folder()
  const [near, far] = [join(place, 'near'), join(place, 'far')]
  const line = start('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`])
  await when(() => existsSync(near) && existsSync(far))
  return { near, far, cut: line.end }
}

/** A converter that passes on, byte for byte, what one client sends to a serial port. */
export async function converter(path: string): Promise<number> {
  const port = await freePort()
  start('socat', [`TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork,nodelay`, `${path},raw,echo=0`])
  return port
}

export function pymodbus(way: 'tcp' | 'rtu-tcp' | 'serial', where: string | number, units: readonly number[] = [1, 5]) {
  return start(systemPython, [beside('modbus-server.py'), way, String(where), units.join()])
}

/** Compiles the server of libmodbus once. */
export function compileLibmodbus(into: string): string {
  const program = join(into, 'modbus-server')
  const { status, stderr } = spawnSync('gcc', ['-O1', '-o', program, beside('modbus-server.c'), '-lmodbus'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The server of libmodbus does not compile: ${stderr}`)
  return program
}
