import { randomUUID } from 'node:crypto'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { qualities, type ReadingBatch } from '#shared/reading.ts'
import { units } from '#shared/units.ts'
import type { Formula, FormulaJob, FormulaReason, virtual } from '#shared/virtual/contract.ts'
import { code } from '#shared/virtual/evaluate.ts'
import { formulaLimits, slotMs } from '#shared/virtual/limits.ts'
import { calculatedProfile, calculatedProfileId } from '#shared/virtual/point.ts'
import type { FormulaFault } from '#shared/virtual/fault.ts'
import type { Program } from '#shared/virtual/program.ts'
import { seriesIn, toStored } from '#shared/virtual/references.ts'
import type { Capability, DeviceChange, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { furnish } from '../furnish.ts'
import type { PlantDevice } from '../plant.ts'
import { Backfill } from './backfill.ts'
import { isFault, nowOf, presentInputs, presentReason, presentResult, readDraft, type Draft } from './check.ts'
import { Formulas } from './formulas.ts'
import { calculateGrid, gridsOf } from './grid.ts'
import type { StoredJob } from './job-store.ts'
import { goneFrom, pointsOf, shownText } from './points.ts'
import { graceMs } from './slots.ts'
import { insertFormula, removeFormula, updateFormula, type StoredFormula } from './store.ts'

export type VirtualCapability = Capability & {
  /** The series of a list, and of what the calculated ones among them are made of. */
  widened(series: ReadonlySet<number>): ReadonlySet<number>
}

/** What the host lends: the way to disk, the way to whoever looks, and what is on disk already. */
export type VirtualWays = {
  store(batch: ReadingBatch): Promise<void>
  /** Shows readings to whoever looks; with `store` they are also kept. */
  show(batch: ReadingBatch, store: boolean): void
  stored(): ReadingBatch
}

/** Points that are calculated from other points. */
export function createVirtual(host: Host, { store, show, stored }: VirtualWays): VirtualCapability {
  const log = host.log.for('virtual')
  const formulas = new Formulas(host, show, stored)
  const backfill = new Backfill(host, {
    find: (id) => formulas.find(id),
    store,
    correct: async (batch) => void (await host.workers.history.call.correct(batch)),
  })

  const get = (id: number) => {
    const known = formulas.find(id)
    if (!known) throw new Failure('notFound', { what: 'formula' })
    return known
  }

  const read = (draft: Draft, id: number | undefined): Program | FormulaFault => {
    const known = id === undefined ? undefined : formulas.find(id)
    const own = known ? { series: known.series, name: known.formula.name } : null
    return readDraft(
      host,
      draft,
      own,
      formulas.active().filter(({ formula }) => formula.id !== id),
    )
  }

  /** The draft with every point by its number. Throws formula.faulty. */
  const sound = (draft: Draft, id?: number): string => {
    const found = read(draft, id)
    if (isFault(found)) throw new Failure('formula.faulty', { ...found.params, fault: found.code, at: found.at, length: found.length })
    const points = pointsOf(host.plant, { own: draft.device })
    return toStored(draft.text, (words) => {
      const point = points.point(words)
      return point === null || point === 'twice' ? point : point.series
    })
  }

  const present = async (known: { formula: StoredFormula; series: number }[]): Promise<Formula[]> => {
    const gone = await goneFrom(
      host.database,
      host.plant,
      known.map(({ formula }) => formula.text),
    )
    return known.map((one) => presentOne(one, gone))
  }

  const presentOne = ({ formula, series }: { formula: StoredFormula; series: number }, gone: ReadonlyMap<number, string>): Formula => {
    const device = host.plant.get(formula.device) as PlantDevice
    const { text, place } = shownText(host.plant, formula.text, gone)
    const { program, result, fault } = formulas.stateOf(formula.id)
    const reason = result?.reason && { ...result.reason, at: place(result.reason.at), end: place(result.reason.end) }
    return {
      id: formula.id,
      device: formula.device,
      deviceName: device.name,
      point: formula.point,
      series,
      name: formula.name,
      text,
      is: formula.is,
      trusting: formula.trusting,
      share: formula.share,
      unit: units[formula.is],
      inputs: program?.inputs.length ?? 0,
      past: program?.past ?? false,
      fault: fault && {
        ...fault,
        params: named(fault.params, gone),
        at: place(fault.at),
        length: place(fault.at + fault.length) - place(fault.at),
      },
      result: program && result ? presentResult(host, program, { ...result, reason: reason ?? null }, result.at) : null,
      madeAt: formula.madeAt,
      changedAt: formula.changedAt,
    }
  }

  const presentSaved = async (id: number): Promise<Formula> => {
    const [formula] = await present([get(id)])
    if (!formula) throw new Failure('notFound', { what: 'formula' })
    return formula
  }

  /** The device with its points as they are stored now, for everybody to know. */
  const refurnish = async (id: string): Promise<void> => {
    const device = host.plant.get(id)
    const base = device && [...host.profiles, calculatedProfile].find((profile) => profile.id === device.profile.id)
    if (!device || !base) throw new Failure('notFound', { what: 'device' })
    const changed = { ...device, ...(await furnish(host.database, id, base)) }
    host.plant.put(changed)
    await host.deviceChanged({ kind: 'changed', device: changed })
  }

  const newDevice = async (name: string, context: Context): Promise<string> => {
    const address = { host: 'calculated', port: 0, unit: 0, way: 'calculated' as const, member: randomUUID() }
    return (await host.call('devices.add', { ...address, name, profile: calculatedProfileId, unseen: true }, context)).id
  }

  const presentJob = (job: StoredJob): FormulaJob => ({ ...job, name: formulas.find(job.formula)?.formula.name ?? '' })

  const operations: Handlers<typeof virtual, Context> = {
    list: () => present(formulas.all()),

    check({ id, ...draft }) {
      const found = read(draft, id)
      if (isFault(found)) return { fault: found, past: false, inputs: [], inputCount: 0, result: null }
      const { outcome, at } = nowOf(host, found, draft.share)
      return {
        fault: null,
        past: found.past,
        inputs: presentInputs(host, found),
        inputCount: found.inputs.length,
        // Between two quarter hours there is no answer to what a register went up by.
        result: found.past ? null : presentResult(host, found, outcome, at),
      }
    },

    async test({ id, hours, ...draft }) {
      const found = read(draft, id)
      if (isFault(found)) throw new Failure('formula.faulty', { ...found.params, fault: found.code, at: found.at, length: found.length })
      // The latest quarter hour that nobody is waited for any more.
      const to = Math.floor((host.clock() - graceMs) / slotMs) * slotMs
      const from = to - hours * 4 * slotMs
      const outcomes = calculateGrid(found, await gridsOf(host.workers.history.call, found.inputs, from, to), draft.share)
      const known = outcomes.flatMap((outcome, i) => (outcome ? [{ ...outcome, at: from + i * slotMs }] : []))
      const reasons = new Map<string, FormulaReason & { times: number }>()
      for (const { value, reason } of known) {
        if (!reason || !Number.isNaN(value)) continue
        const key = `${reason.code} ${reason.input} ${reason.at}`
        const before = reasons.get(key) ?? { ...presentReason(host, found, reason), times: 0 }
        reasons.set(key, { ...before, times: before.times + 1 })
      }
      return {
        at: known.map(({ at }) => at),
        value: known.map(({ value }) => (Number.isNaN(value) ? null : value)),
        quality: known.map(({ quality }) => (quality < qualities.length ? quality : code('fault'))),
        reasons: [...reasons.values()].sort((a, b) => b.times - a.times),
      }
    },

    async save({ name, device: wanted, newDevice: wantedName, ...draft }, context) {
      if ((wanted === undefined) === (wantedName === undefined))
        throw new Failure('input.invalid', { fields: 'device: name one device, or a new one' })
      if (formulas.all().length >= formulaLimits.formulas) throw new Failure('formula.tooMany', { most: formulaLimits.formulas })
      if (wanted !== undefined && !host.plant.get(wanted)) throw new Failure('notFound', { what: 'device' })
      const text = sound({ ...draft, device: wanted })
      const device = wanted ?? (await newDevice(wantedName ?? name, { actor: context.actor }))
      const { is, trusting, share } = draft
      const formula = await insertFormula(host.database, { device, name, is, text, trusting, share, madeAt: host.clock() })
      await refurnish(device)
      await formulas.reload()
      return presentSaved(formula.id)
    },

    async change({ id, name, text: asked, trusting, share }) {
      const { formula } = get(id)
      const text = sound({ text: asked, is: formula.is, trusting, share, device: formula.device }, id)
      await updateFormula(host.database, id, { name, text, trusting, share, changedAt: host.clock() })
      if (name !== formula.name) await refurnish(formula.device)
      await formulas.reload()
      return presentSaved(id)
    },

    async remove({ id }) {
      const { formula, series } = get(id)
      const users = formulas.active().filter(({ program }) => program.inputs.some((input) => input.series === series))
      if (users.length > 0)
        throw new Failure('formula.inUse', { name: formula.name, users: users.map((user) => user.formula.name).join(', ') })
      for (const job of backfill.all()) if (job.formula === id && job.endedAt === null) await backfill.cancel(job.id)
      await removeFormula(host.database, id, host.clock())
      await refurnish(formula.device)
      await formulas.reload()
      return { done: true }
    },

    async backfill({ id, from, to, replace }) {
      get(id)
      if (!(from < to)) throw new Failure('input.invalid', { fields: 'from must be before to' })
      return presentJob(await backfill.add({ formula: id, from, to: Math.min(to, host.clock()), replace }))
    },
    jobs: () => backfill.all().map(presentJob),
    async cancel({ id }) {
      await backfill.cancel(id)
      return { done: true }
    },
  }

  let unsubscribe: (() => void) | undefined
  let ticking: NodeJS.Timeout | undefined
  return {
    operations,
    take: ({ batch, store: kept }) => formulas.take(batch, kept),
    widened: (series) => formulas.widened(series),
    async deviceChanged({ kind, device }: DeviceChange) {
      if (kind !== 'removed') formulas.greet(device)
      formulas.renewSoon()
    },
    async start() {
      for (const device of host.plant.all()) formulas.greet(device)
      await formulas.start()
      await backfill.start()
      // A label that came or went changes groups, and is told in no other way.
      unsubscribe = host.events.subscribe((event) => {
        if (event.event === 'changed' && event.kind === 'device') formulas.renewSoon()
      })
      ticking = setInterval(() => formulas.tick(), tickMs)
      log.info('formulas', { count: formulas.all().length })
    },
    async stop() {
      unsubscribe?.()
      clearInterval(ticking)
      await backfill.stop()
      await formulas.stop()
    },
  }
}

const tickMs = 2000

/** A fault that speaks of a point by its number says how it was called. */
function named(params: FormulaFault['params'], gone: ReadonlyMap<number, string>): FormulaFault['params'] {
  const series = seriesIn(params['point'] ?? '')
  const words = series === null ? undefined : gone.get(series)
  return words === undefined ? params : { ...params, point: words }
}
