import { useEffect, useRef, useState } from 'react'
import type { Address } from '#shared/acquisition/port.ts'
import type { Finding } from '#shared/devices/contract.ts'
import { useHost } from '../host.ts'

type Probe =
  | { state: 'idle' }
  | { state: 'looking'; address: Address; startedAt: number }
  | { state: 'failed'; address: Address; error: unknown }
  | { state: 'found'; finding: Finding }

export type Prober = Probe & { look: (address: Address, profile?: string | null) => void; forget: () => void }

/** Asks what answers at an address; one question at a time, and it can be given up. */
export function useProbe(): Prober {
  const { call, now } = useHost()
  const [probe, setProbe] = useState<Probe>({ state: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const look = (address: Address, profile?: string | null) => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setProbe({ state: 'looking', address, startedAt: now() })
    call('devices.probe', { ...address, ...(profile ? { profile } : {}) }, mine.signal).then(
      (finding) => {
        if (!mine.signal.aborted) setProbe({ state: 'found', finding })
      },
      (error: unknown) => {
        if (!mine.signal.aborted) setProbe({ state: 'failed', address, error })
      },
    )
  }
  const forget = () => {
    running.current?.abort()
    setProbe({ state: 'idle' })
  }
  return { ...probe, look, forget }
}
