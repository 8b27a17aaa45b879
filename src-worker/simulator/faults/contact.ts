import type { Fault } from '#shared/simulator/faults.ts'

/** How a station answers on its line. `drift`: what its clock gains, seconds a day, since `driftFrom` (simulated UTC ms). */
export type Contact = { offline: boolean; noAnswer: boolean; frozen: boolean; drift: number; driftFrom: number }

export const goodContact: Contact = { offline: false, noAnswer: false, frozen: false, drift: 0, driftFrom: 0 }

/** What the faults that stand at one station make of its contact, those of its zone among them. */
export function contactOf(standing: readonly Fault[]): Contact {
  const contact = { ...goodContact }
  for (const { kind, params, from } of standing) {
    if (kind === 'offline') contact.offline = true
    else if (kind === 'gatewayNoAnswer') contact.noAnswer = true
    else if (kind === 'frozen' || kind === 'gatewayFrozen') contact.frozen = true
    else if (kind === 'clockDrift') {
      contact.drift = params['drift'] ?? 0
      contact.driftFrom = from
    }
  }
  return contact
}
