import type { Host } from '../../capability.ts'
import type { Source } from '../source.ts'
import { createContactSource } from './contact.ts'
import { createHealthSource } from './health.ts'
import { createMeterSource } from './meters.ts'

/** All that tells of alarms beside readings. `failing`: what alarms bring about cannot be written to disk now. */
export function createSources(host: Host, failing: () => boolean): Source[] {
  return [createContactSource(host), createMeterSource(host), createHealthSource(host, failing)]
}
