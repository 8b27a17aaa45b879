import { join } from 'node:path'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { bounds } from '#shared/profiles/bounds.ts'
import { checkPart, checkProfile, type Sound } from '#shared/profiles/check.ts'
import type { profiles, ProfileDocument } from '#shared/profiles/contract.ts'
import { expand } from '#shared/profiles/expand.ts'
import { isOwn, ownId } from '#shared/profiles/name.ts'
import { readOnce } from '#shared/profiles/read-once.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { mostFiles, pathOf, readOwnFiles, removeOwn, writeOwn, type OwnFile } from './files.ts'
import { presentProfilePoints, presentShelf } from './present.ts'

const timeoutMs = 3000

/** Device files: what can be read, and those that people of this installation make. */
export function createProfiles(host: Host): Capability {
  const { shelf } = host
  const folder = join(host.dataFolder, 'profiles')
  const log = host.log.for('profiles')

  const usesOf = async () => {
    const rows = await host.database
      .selectFrom('device')
      .select(({ fn }) => ['profile', fn.countAll<number>().as('devices')])
      .where('removedAt', 'is', null)
      .groupBy('profile')
      .execute()
    return new Map(rows.map(({ profile, devices }) => [profile, Number(devices)]))
  }

  const rowOf = async (id: string) => {
    const row = presentShelf(shelf, await usesOf()).find(({ profile }) => profile === id)
    if (!row) throw new Failure('notFound', { what: 'profile' })
    return row
  }

  const check = (id: string, document: ProfileDocument): Sound => {
    try {
      const sound = checkProfile(id, document, shelf.parts)
      const size = Buffer.byteLength(JSON.stringify(document, null, 2))
      if (size > bounds.bytes) throw new Error(`is larger than ${bounds.bytes} bytes`)
      return sound
    } catch (error) {
      throw new Failure('profile.faulty', { fault: error instanceof Error ? error.message : String(error) }, { cause: error })
    }
  }

  /** An own file found at the start. What is wrong with it is listed and harms nothing else. */
  const take = ({ id, content, fault }: OwnFile) => {
    try {
      if (fault !== null) throw new Error(fault)
      if (id.split('/')[2] === 'parts') shelf.parts.set(id, checkPart(content))
      else {
        const { profile, document } = checkProfile(id, content, shelf.parts)
        shelf.put(profile, document)
      }
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      shelf.faults.set(id, told)
      log.error('a device file of this installation is not used', { profile: id, fault: told })
    }
  }

  const operations: Handlers<typeof profiles, Context> = {
    list: async () => presentShelf(shelf, await usesOf()),

    async get({ id }) {
      const profile = shelf.find(id)
      return { ...(await rowOf(id)), points: profile ? presentProfilePoints(profile) : [] }
    },

    export({ id }) {
      const document = shelf.documents.get(id)
      if (!document) throw new Failure('notFound', { what: 'profile' })
      return { id, document: expand(document, shelf.parts) }
    },

    async save({ name, document, replace }, { entry }) {
      const id = ownId(typeof document['maker'] === 'string' ? document['maker'] : '', name)
      const path = id && pathOf(folder, id)
      if (!id || !path) throw new Failure('input.invalid', { fields: 'maker and name must hold letters or digits' })
      const sound = check(id, document)
      const known = shelf.find(id) || shelf.faults.has(id)
      if (!replace && known) throw new Failure('profile.exists', { id })
      if (!known && shelf.own() >= mostFiles) throw new Failure('profile.faulty', { fault: `there are ${mostFiles} device files already` })
      await writeOwn(path, `${JSON.stringify(sound.document, null, 2)}\n`)
      shelf.put(sound.profile, sound.document)
      entry?.note({ profile: id, points: sound.profile.points.length })
      await host.profileChanged(sound.profile)
      return rowOf(id)
    },

    async remove({ id }) {
      const path = isOwn(id) ? pathOf(folder, id) : null
      if (!path || !(shelf.find(id) || shelf.faults.has(id))) throw new Failure('notFound', { what: 'profile' })
      const { devices } = await rowOf(id)
      if (devices > 0) throw new Failure('profile.inUse', { id, devices })
      await removeOwn(path)
      shelf.drop(id)
      return { done: true }
    },

    testRead({ address, document }) {
      const { profile } = check('test', document)
      if (profile.protocol !== 'modbus') throw new Failure('input.invalid', { fields: 'only Modbus can be read in this way' })
      const { serviceUnit } = profile.limits
      return readOnce(profile, async ({ area, address: from, count }) => {
        const blocks = [{ area, address: from, count }]
        const answer = await host.workers.acquisition.call.probe({ address, blocks, serviceUnit, timeoutMs })
        return { words: answer.words[0] ?? null, answerMs: answer.answerMs }
      })
    },
  }

  return {
    operations,
    async start() {
      const files = await readOwnFiles(folder)
      const isPart = ({ id }: OwnFile) => id.split('/')[2] === 'parts'
      for (const file of [...files.filter(isPart), ...files.filter((one) => !isPart(one))]) take(file)
    },
  }
}
