import { useMemo } from 'react'
import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { CallOutput } from '#shared/api.ts'
import { Failure } from '#shared/failures.ts'
import { askAgain, useHost } from '../host.ts'

type Result = CallOutput<'devices.write'>
type Readings = CallOutput<'devices.readSettings'>

/** A change on its way, or what came of it, until the person has seen it. `failed`: nothing was sent. */
export type SettingWrite = { to: number; sentAt: number } & (
  | { state: 'pending' }
  | { state: 'ended'; result: Result }
  | { state: 'failed'; error: unknown }
)
export type SettingWrites = Readonly<Record<string, SettingWrite>>
export type Change = { point: { id: string; series: number }; value: number; expect: number | null; confirm: boolean }

const none: SettingWrites = {}
const keyOf = (device: string) => ['setting-writes', device] as const

/** The changes of a device's settings that this page has asked for, by point; they outlive the tab. */
export function useSettingWrites(device: string) {
  const { call, queries, now } = useHost()
  const { data = none } = useQuery<SettingWrites>({
    queryKey: keyOf(device),
    queryFn: () => queries.getQueryData<SettingWrites>(keyOf(device)) ?? none,
    staleTime: Infinity,
    gcTime: Infinity,
  })
  return useMemo(() => {
    const put = (point: string, write: SettingWrite | undefined) =>
      queries.setQueryData<SettingWrites>(keyOf(device), (before = none) => {
        const rest = Object.entries(before).filter(([id]) => id !== point)
        return Object.fromEntries(write ? [...rest, [point, write]] : rest)
      })
    const send = async ({ point, value, expect, confirm }: Change) => {
      const asked = { to: value, sentAt: now() }
      put(point.id, { ...asked, state: 'pending' })
      try {
        const result = await call('devices.write', { id: device, point: point.id, value, expect, confirm })
        keepFound(queries, device, point.series, result)
        put(point.id, { ...asked, state: 'ended', result })
      } catch (error) {
        put(point.id, nothingSent(error) ? { ...asked, state: 'failed', error } : { ...asked, state: 'ended', result: unknown(expect) })
        await askAgain(queries, ['devices.readSettings'])
      }
      await askAgain(queries, ['audit.settingChanges', 'devices.writeCounts'])
    }
    return {
      writes: data,
      acknowledge: (point: string) => put(point, undefined),
      send,
      /** One after the other, each with its own result. */
      async sendEach(changes: readonly Change[]) {
        for (const { point, value } of changes) put(point.id, { to: value, sentAt: now(), state: 'pending' })
        for (const change of changes) await send(change)
      },
    }
  }, [call, queries, now, data, device])
}

/** Only a coded refusal says that nothing was sent. A broken line to the host, or a defect there, says nothing at all. */
function nothingSent(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'internal'
}

const unknown = (from: number | null): Result => ({ outcome: 'unknown', from, found: null, foundAt: null, code: null })

/** What was read back replaces what was read before, and only that. */
function keepFound(queries: QueryClient, device: string, series: number, { found, foundAt }: Result): void {
  if (foundAt === null) return
  const quality = found === null ? ('fault' as const) : ('good' as const)
  queries.setQueriesData<Readings>({ queryKey: ['devices.readSettings', { id: device }] }, (readings) =>
    readings?.map((one) => (one.series === series && one.at < foundAt ? { series, value: found, quality, at: foundAt } : one)),
  )
}
