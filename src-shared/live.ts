import { z } from 'zod'

/** What a client says over the WebSocket: the series on its screen now. Replaces what it said before. */
export const watchSchema = z.object({ watch: z.array(z.number().int().nonnegative()).max(5000) })

/** The five events, host → client. They announce and never command. `readings` brings only series that the client watches. */
export type LiveEvent =
  | { event: 'readings'; series: number[]; at: number[]; value: (number | null)[]; quality: number[] }
  | { event: 'status'; devices: string[] }
  | { event: 'changed'; kind: string; ids: string[] }
  | { event: 'jobs'; job: string; done: number; total: number; state: 'running' | 'done' | 'failed' | 'cancelled' }
  | { event: 'alarms'; ids: string[] }
