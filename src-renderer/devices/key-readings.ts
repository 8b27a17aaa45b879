import { useMemo } from 'react'
import type { Device } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { useNow, useReadings } from '../host.ts'
import { keyPoints, type KeyColumn, type KeyPoint } from './key-columns.ts'

export type KeyReading = { point: KeyPoint; reading: Reading | undefined }
export type KeyReadings = Record<KeyColumn | 'reference', KeyReading | undefined>

/** The key values of one device as they come in, and when it last answered. */
export function useKeyReadings(device: Device): { columns: KeyReadings; now: number; lastAnswer: number | null } {
  const now = useNow()
  const points = useMemo(() => keyPoints(device.key), [device.key])
  const reading = useReadings(Object.values(points).flatMap((point) => point?.series ?? []))
  const read = (point: KeyPoint | undefined): KeyReading | undefined => point && { point, reading: reading(point.series) }
  const columns: KeyReadings = {
    outdoor: read(points.outdoor),
    flow: read(points.flow),
    reference: read(points.reference),
    return: read(points.return),
    hotWater: read(points.hotWater),
  }
  let lastAnswer = device.contact.lastAnswer
  for (const shown of Object.values(columns)) {
    const at = shown?.reading && shown.reading.quality !== 'offline' ? shown.reading.at : null
    if (at !== null && at > (lastAnswer ?? 0)) lastAnswer = at
  }
  return { columns, now, lastAnswer }
}
