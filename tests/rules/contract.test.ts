import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { api } from '#shared/api.ts'
import { contract, done, nothing } from '#shared/contract.ts'
import { createHost } from '../../src-main/host.ts'
import { findLayout } from '../../src-main/layout.ts'
import { LogFile } from '../../src-main/log.ts'
import { auditBreaches, handlerBreaches, rowBreaches, schemaBreaches } from './contract.ts'

const good = {
  method: 'POST',
  path: '/things/{id}',
  role: 'full',
  summary: 'Change a thing',
  input: z.object({ id: z.string() }),
  output: done,
  audit: 'thing',
} as const

test('every row has a door of its own, a role, and the fields of its path', () => {
  expect(rowBreaches(api)).toEqual([])
})

test('every change leaves an entry in the activity log', () => {
  expect(auditBreaches(api)).toEqual([])
})

test('every input and output can be shown in the OpenAPI document', () => {
  expect(schemaBreaches(api)).toEqual([])
})

test('every operation has a handler, and every handler an operation', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hearthgrid-rules-'))
  const logFile = new LogFile(join(dataFolder, 'log'), () => 0)
  const layout = findLayout(new URL('../../src-main/host.ts', import.meta.url).href)
  try {
    const host = createHost({ dataFolder, layout, log: logFile.scope('rules'), clock: () => 0, desktop: false, version: '0.0.0' })
    expect(handlerBreaches(api, [...host.table.keys()])).toEqual([])
    await host.stop()
  } finally {
    logFile.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
})

describe('a planted breach is found', () => {
  test('two operations behind one door', () => {
    const rows = contract({ a: good, b: { ...good, path: '/things/{name}', input: z.object({ name: z.string() }) } })
    expect(rowBreaches({ things: rows })).toEqual(['things.b has the same door as things.a: POST /things/{}'])
  })

  test('a path that asks for a field the input lacks', () => {
    expect(rowBreaches({ things: contract({ a: { ...good, input: nothing } }) })).toEqual([
      'things.a has {id} in its path but not in its input',
    ])
  })

  test('a role that is none, and no summary', () => {
    const row = { ...good, role: JSON.parse('"king"'), summary: ' ' }
    expect(rowBreaches({ things: { a: row } })).toEqual(['things.a names no role', 'things.a has no summary'])
  })

  test('a change without an entry, a look with one, an exception for nothing', () => {
    const { audit: _audit, ...silent } = good
    const rows = contract({ change: silent, look: { ...good, method: 'GET', path: '/things' }, free: { ...silent, path: '/free/{id}' } })
    expect(auditBreaches({ things: rows }, { 'things.free': 'tried', 'things.gone': 'tried' })).toEqual([
      'things.change changes something without an entry in the activity log',
      'things.look only looks but is audited',
      'things.gone is listed as free but is no operation',
    ])
  })

  test('an operation without a handler, and a handler without an operation', () => {
    expect(handlerBreaches({ things: contract({ a: good }) }, ['things.b'])).toEqual([
      'things.a has no handler',
      'things.b has a handler but no row',
    ])
  })

  test('an output that no document can show', () => {
    const rows = contract({ a: { ...good, output: z.bigint() }, b: { ...good, output: z.unknown() } })
    expect(schemaBreaches({ things: rows })).toEqual([
      expect.stringContaining('things.a: the output has no schema'),
      'things.b: the output says nothing',
    ])
  })
})
