import { createContext, use, useEffect, useMemo, useReducer, useSyncExternalStore } from 'react'
import { keepPreviousData, useMutation, useQuery, type QueryClient } from '@tanstack/react-query'
import type { CallInput, CallOutput, CapabilityName, OperationName } from '#shared/api.ts'
import { mayAs, type Role } from '#shared/contract.ts'
import type { Reading } from '#shared/reading.ts'
import type { Call } from './client.ts'
import type { Job, Jobs } from './jobs.ts'
import type { LiveFeed, Link } from './live.ts'
import type { Recorder } from './recorder.ts'
import type { Ticker } from './ticker.ts'

/** Everything a screen can reach outside itself. Made once in main.tsx. */
export type Host = {
  call: Call
  live: LiveFeed
  recorder: Recorder
  jobs: Jobs
  ticker: Ticker
  queries: QueryClient
  now: () => number
}

export const HostContext = createContext<Host | undefined>(undefined)

export function useHost(): Host {
  const host = use(HostContext)
  if (!host) throw new Error('no HostContext above')
  return host
}

type CallOptions = {
  /** Ask only while true. */
  enabled?: boolean
  /** Ask again every so many ms while the page is seen. */
  every?: number
  /** Keep showing the answer to the previous input until the new one is there. */
  keep?: boolean
  /** Ask each time the screen is opened, and never merely because the window was brought to the front. */
  onOpen?: boolean
}

/** What an operation answers; asked again when an event names its kind. */
export function useCall<N extends OperationName>(operation: N, input: CallInput<N>, options: CallOptions = {}) {
  const { call } = useHost()
  return useQuery<CallOutput<N>, Error>({
    queryKey: [operation, input],
    queryFn: ({ signal }) => call(operation, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.onOpen ? { staleTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } : {}),
  })
}

/** An operation to run on a click: `run(input)` never rejects to the caller; the failure stands in `error`. */
export function useAction<N extends OperationName>(operation: N) {
  const host = useHost()
  const mutation = useMutation<CallOutput<N>, Error, CallInput<N>>({
    mutationFn: (input) => host.call(operation, input),
    onSuccess: () => void askAgain(host.queries, touched[operation] ?? []),
  })
  return mutation
}

/** The newest reading of each series, watched while mounted. Renders again when one of them changes. */
export function useReadings(series: readonly number[]): (series: number) => Reading | undefined {
  const { live } = useHost()
  const [, changed] = useReducer((n: number) => n + 1, 0)
  const key = series.join()
  const watched = useMemo(() => (key === '' ? [] : key.split(',').map(Number)), [key])
  useEffect(() => live.watch(watched, changed), [live, watched])
  return live.reading
}

/** UTC ms by the host's clock, renewed every second. */
export function useNow(): number {
  const { ticker } = useHost()
  return useSyncExternalStore(ticker.subscribe, ticker.now)
}

/** Whether the host answers, and since when that is so. */
export function useLink(): Link {
  const { live } = useHost()
  return useSyncExternalStore(live.onLink, live.link)
}

/** How far a long piece of work is, as the host announces it. */
export function useJob(name: string): Job | undefined {
  const { jobs } = useHost()
  return useSyncExternalStore(jobs.subscribe, () => jobs.get(name))
}

/** Who is signed in, and what that person may do. */
export function useActor() {
  const { data } = useCall('users.me', {})
  const actor = data?.actor ?? null
  return { actor, may: (role: Role) => actor !== null && mayAs(actor.role, role) }
}

/** Which answers are out of date when a thing of the kind has changed. */
const kinds: Record<string, readonly (CapabilityName | OperationName)[]> = {
  device: ['devices.list', 'devices.get', 'acquisition.connections', 'simulator.status', 'commissioning.scan'],
  demo: ['devices.list', 'devices.get', 'acquisition.connections', 'simulator'],
  gateway: ['ingest.gateways', 'ingest.keys', 'ingest.requests'],
  meter: ['meters.list', 'meters.events', 'meters.consumption', 'meters.scanState', 'energy'],
  finding: ['energy.findings', 'energy.checkState'],
  energyCheck: ['energy.checkState'],
  energyLimits: ['energy.limits'],
  setting: ['audit.settingChanges', 'audit.changes', 'devices.writeCounts', 'overrides.list'],
  override: ['overrides.list', 'overrides.releaseStatus'],
  lease: ['overrides.leases'],
  input: ['devices.get', 'inputs.list'],
  formula: ['virtual', 'devices.get', 'devices.list', 'devices.points'],
  certificate: ['opcua.endpoints', 'opcua.trusted'],
  session: ['users.me'],
  scan: ['commissioning.scan'],
  import: ['commissioning.table', 'commissioning.tableRows'],
  profile: ['profiles', 'devices.list', 'devices.get'],
  history: ['history.status', 'history.storage', 'history.retention', 'system.about'],
  backup: ['backups.status', 'history.storage'],
  export: ['backups.exports', 'history.storage'],
  preset: ['presets.list'],
  practice: ['practice'],
  alarmRecipient: ['alarms.recipients', 'alarms.notifyNames', 'alarms.onCall', 'alarms.outbox'],
  alarmNotifyList: ['alarms.notifyNames', 'alarms.onCall'],
  alarmSchedule: ['alarms.notifyNames'],
  alarmChannel: ['alarms.channels', 'alarms.notifyNames', 'alarms.pushKey'],
  alarmNotice: ['alarms.outbox'],
  alarmRule: ['alarms.rules', 'alarms.rule', 'alarms.library', 'alarms.effect', 'alarms.list', 'alarms.summary'],
  alarm: ['alarms.list', 'alarms.summary', 'alarms.get', 'alarms.history', 'alarms.maintenance'],
}

const touched: Partial<Record<OperationName, readonly (CapabilityName | OperationName)[]>> = {
  'devices.add': kinds['device'] ?? [],
  'devices.change': kinds['device'] ?? [],
  'devices.remove': kinds['device'] ?? [],
  'profiles.save': kinds['profile'] ?? [],
  'profiles.remove': kinds['profile'] ?? [],
  'commissioning.askTable': ['commissioning.table', 'commissioning.tableRows'],
  'commissioning.importTable': ['commissioning.table', 'commissioning.tableRows'],
  'acquisition.tryNow': ['devices.list', 'devices.get', 'acquisition.connections'],
  'ingest.addGateway': ['ingest.gateways'],
  'ingest.changeGateway': ['ingest.gateways'],
  'ingest.makeToken': ['ingest.gateways'],
  'ingest.revokeToken': ['ingest.gateways'],
  'ingest.removeGateway': ['ingest.gateways'],
  'ingest.map': ['ingest.gateways', 'ingest.keys', ...(kinds['device'] ?? [])],
  'simulator.open': kinds['demo'] ?? [],
  'simulator.close': kinds['demo'] ?? [],
  'simulator.pace': ['simulator.status', 'simulator.picture'],
  'simulator.jump': ['simulator.status', 'simulator.picture', 'simulator.faults'],
  'simulator.strike': ['simulator.faults', 'simulator.picture'],
  'simulator.heal': ['simulator.faults', 'simulator.picture'],
  'overrides.release': ['overrides.releaseStatus'],
  'overrides.cancelRelease': ['overrides.releaseStatus'],
  'overrides.endLease': ['overrides.leases'],
  'inputs.configure': ['devices.get', 'inputs.list'],
  'inputs.remove': ['devices.get', 'inputs.list'],
  'virtual.save': ['virtual', 'devices.get', 'devices.list', 'devices.points'],
  'virtual.change': ['virtual', 'devices.get', 'devices.points'],
  'virtual.remove': ['virtual', 'devices.get', 'devices.points'],
  'virtual.backfill': ['virtual.jobs'],
  'virtual.cancel': ['virtual.jobs'],
  'users.signIn': ['users.me'],
  'backups.configure': ['backups.status'],
  'backups.run': ['backups.status'],
  'backups.cancel': ['backups.status'],
  'backups.startExport': ['backups.exports'],
  'backups.cancelExport': ['backups.exports'],
  'backups.removeExport': ['backups.exports', 'history.storage'],
  'history.setRetention': ['history.retention'],
  'presets.add': ['presets.list'],
  'practice.start': ['practice'],
  'practice.join': ['practice'],
  'practice.report': ['practice'],
  'practice.withdraw': ['practice'],
  'practice.ahead': ['practice'],
  'practice.end': ['practice'],
  'practice.cancel': ['practice'],
  'presets.change': ['presets.list'],
  'presets.remove': ['presets.list'],
  'meters.add': [...(kinds['meter'] ?? []), ...(kinds['device'] ?? [])],
  'meters.change': kinds['meter'] ?? [],
  'meters.read': kinds['meter'] ?? [],
  'meters.replace': kinds['meter'] ?? [],
  'meters.keep': kinds['meter'] ?? [],
  'energy.acknowledge': kinds['finding'] ?? [],
  'energy.check': kinds['energyCheck'] ?? [],
  'energy.checkStop': kinds['energyCheck'] ?? [],
  'energy.setPlate': kinds['meter'] ?? [],
  'meters.setBaud': kinds['meter'] ?? [],
  'alarms.addRule': kinds['alarmRule'] ?? [],
  'alarms.changeRule': kinds['alarmRule'] ?? [],
  'alarms.enableRule': kinds['alarmRule'] ?? [],
  'alarms.removeRule': kinds['alarmRule'] ?? [],
  'alarms.restoreRule': kinds['alarmRule'] ?? [],
  'alarms.adopt': kinds['alarmRule'] ?? [],
  'alarms.acknowledge': kinds['alarm'] ?? [],
  'alarms.reset': kinds['alarm'] ?? [],
  'alarms.shelve': kinds['alarm'] ?? [],
  'alarms.unshelve': kinds['alarm'] ?? [],
  'alarms.remove': kinds['alarm'] ?? [],
  'alarms.return': kinds['alarm'] ?? [],
  'alarms.maintain': kinds['alarm'] ?? [],
  'alarms.comment': kinds['alarm'] ?? [],
  'alarms.stepDone': kinds['alarm'] ?? [],
  'alarms.addRecipient': kinds['alarmRecipient'] ?? [],
  'alarms.changeRecipient': kinds['alarmRecipient'] ?? [],
  'alarms.removeRecipient': kinds['alarmRecipient'] ?? [],
  'alarms.addBrowser': kinds['alarmRecipient'] ?? [],
  'alarms.removeBrowser': kinds['alarmRecipient'] ?? [],
  'alarms.addNotifyList': kinds['alarmNotifyList'] ?? [],
  'alarms.changeNotifyList': kinds['alarmNotifyList'] ?? [],
  'alarms.removeNotifyList': kinds['alarmNotifyList'] ?? [],
  'alarms.addSchedule': kinds['alarmSchedule'] ?? [],
  'alarms.changeSchedule': kinds['alarmSchedule'] ?? [],
  'alarms.removeSchedule': kinds['alarmSchedule'] ?? [],
  'alarms.setGeneral': kinds['alarmChannel'] ?? [],
  'alarms.setMail': kinds['alarmChannel'] ?? [],
  'alarms.setSms': kinds['alarmChannel'] ?? [],
  'alarms.retryNotice': kinds['alarmNotice'] ?? [],
  'alarms.discardNotice': kinds['alarmNotice'] ?? [],
}

export function kindsOf(kind: string): readonly (CapabilityName | OperationName)[] {
  return kinds[kind] ?? []
}

export function askAgain(queries: QueryClient, names: readonly (CapabilityName | OperationName)[]): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => names.some((name) => String(queryKey[0]).startsWith(name)) })
}
