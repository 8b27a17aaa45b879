import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { createLink, createToken, endSession, recognise, takeLink } from './credentials.ts'

const admin = { name: 'Administrator', role: 'admin' } as const
const minute = 60_000
const day = 24 * 60 * minute
const now = 1_800_000_000_000

const open = () => {
  const folder = mkdtempSync(join(tmpdir(), 'users-'))
  return { folder, ...openDatabase(join(folder, 'config.sqlite')) }
}

test('a link signs in once, and only once', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  const taken = await takeLink(database, secret, now + minute)
  expect(taken?.who).toEqual(admin)
  expect(await recognise(database, 'session', taken?.session ?? '', now + minute)).toEqual(admin)
  expect(await takeLink(database, secret, now + minute)).toBeNull()
})

test('of two who take a link at the same moment one gets it', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  const both = await Promise.all([takeLink(database, secret, now), takeLink(database, secret, now)])
  expect(both.filter((taken) => taken !== null)).toHaveLength(1)
})

test('a link ends after ten minutes', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  expect(await takeLink(database, secret, now + 10 * minute)).toBeNull()
})

test('a session lasts while it is used and ends thirty days after its last use', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  const session = (await takeLink(database, secret, now))?.session ?? ''
  expect(await recognise(database, 'session', session, now + 29 * day)).toEqual(admin)
  expect(await recognise(database, 'session', session, now + 58 * day)).toEqual(admin)
  expect(await recognise(database, 'session', session, now + 89 * day)).toBeNull()
})

test('signing out ends the session at once', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  const session = (await takeLink(database, secret, now))?.session ?? ''
  await endSession(database, session)
  expect(await recognise(database, 'session', session, now)).toBeNull()
})

test('one kind of secret is never taken for another', async () => {
  const { database } = open()
  const { secret } = await createLink(database, admin, now)
  const token = await createToken(database, { name: 'command line', role: 'admin' }, now)
  expect(await recognise(database, 'session', token, now)).toBeNull()
  expect(await recognise(database, 'token', secret, now)).toBeNull()
  expect(await takeLink(database, token, now)).toBeNull()
  expect(await recognise(database, 'token', token, now)).toEqual({ name: 'command line', role: 'admin' })
})

test('a new token of the same name ends the one before', async () => {
  const { database } = open()
  const first = await createToken(database, { name: 'command line', role: 'admin' }, now)
  await createToken(database, { name: 'command line', role: 'admin' }, now)
  expect(await recognise(database, 'token', first, now)).toBeNull()
})

test('no secret stands in the file', async () => {
  const { database, folder, close } = open()
  const token = await createToken(database, { name: 'command line', role: 'admin' }, now)
  await close()
  expect(readFileSync(join(folder, 'config.sqlite')).includes(token)).toBe(false)
})
