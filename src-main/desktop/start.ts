import type { DesktopOptions } from './options.ts'
import { freePort } from './port.ts'
import type { StateFile } from './state.ts'

export type StartedHost = { url: string; signInUrl(): Promise<string>; apiToken(): Promise<string>; stop(): Promise<void> }
export type HostStart = (options: {
  dataFolder: string
  address?: string
  port?: number
  demo?: boolean
  demoDays?: number | undefined
  desktop: boolean
  clock: () => number
}) => Promise<StartedHost>

export type StartPlan = {
  startHost: HostStart
  options: DesktopOptions
  dataFolder: string
  memory: StateFile
  clock: () => number
}

/** Starts the host on the port of last time when that is free and no other was asked for, and remembers the one it got. */
export async function startOn({ startHost, options, dataFolder, memory, clock }: StartPlan): Promise<StartedHost> {
  if (options.trouble) throw new Error(options.trouble)
  const port = options.port ?? (await freePort(memory.state.port))
  const { demo, demoDays, host } = options
  const started = await startHost({ dataFolder, port, demo, demoDays, desktop: true, clock, ...(host ? { address: host } : {}) })
  const got = Number(new URL(started.url).port)
  if (options.port === undefined && got > 0) memory.change({ port: got })
  return started
}
