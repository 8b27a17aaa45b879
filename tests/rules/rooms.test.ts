import { describe, expect, test } from 'vitest'
import { api } from '#shared/api.ts'
import { roomBreaches } from './rooms.ts'
import { codeFiles } from './source.ts'

const capabilities = Object.keys(api)
const breaches = (path: string, text: string) => roomBreaches([{ path, text }], capabilities)

test('every room imports only what it may', () => {
  const files = codeFiles()
  expect(files.filter(({ path }) => path.startsWith('src-')).length).toBeGreaterThan(20)
  expect(roomBreaches(files, capabilities)).toEqual([])
})

describe('a planted breach is found', () => {
  test.each([
    ['src-shared/time.ts', `import { readFileSync } from 'node:fs'`],
    ['src-shared/time.ts', `export * from '../src-main/log.ts'`],
    ['src-worker/history/record.ts', `import type { Host } from '../../src-main/host.ts'`],
    ['src-worker/history/record.ts', `import Database from 'better-sqlite3'`],
    ['src-worker/history/record.ts', `import { plan } from '../acquisition/plan.ts'`],
    ['src-worker/acquisition/poller.ts', `import { connect } from 'node:net'`],
    ['src-worker/acquisition/poller.ts', `const { Instance } = await import('@duckdb/node-api')`],
    ['src-main/history/operations.ts', `import { DuckDBInstance } from '@duckdb/node-api'`],
    ['src-main/devices/store.ts', `import Database from 'better-sqlite3'`],
    ['src-main/devices/store.ts', `import { log } from '../audit/log.ts'`],
    ['src-main/devices/store.ts', `type Log = import('../audit/log.ts').Log`],
    ['src-main/server/http.ts', `import { app } from 'electron'`],
    ['src-main/server/http.ts', `import { createServer } from 'node:net'`],
    ['src-main/server/http.ts', `import * as net from 'node:net'`],
    ['src-main/server/http.ts', `import { isIP, connect } from 'node:net'`],
    ['src-main/host.ts', `import { poll } from '../src-worker/acquisition/worker.ts'`],
    ['src-renderer/devices/DeviceList.tsx', `import { join } from 'node:path'`],
    ['src-renderer/devices/DeviceList.tsx', `import { Chart } from '../history/Chart.tsx'`],
    ['src-renderer/devices/DeviceList.tsx', `import { app } from 'electron'`],
    ['src-renderer/host.ts', `import { dispatch } from '../src-main/dispatch.ts'`],
    ['src-main/devices/store.test.ts', `import { poll } from '../../src-worker/acquisition/worker.ts'`],
  ])('%s: %s', (path, text) => {
    expect(breaches(path, text)).toHaveLength(1)
  })
})

describe('what the walls leave open stays open', () => {
  test.each([
    ['src-main/desktop/window.ts', `import { BrowserWindow } from 'electron'`],
    ['src-main/desktop.ts', `import { app } from 'electron'`],
    ['src-worker/acquisition/drivers/modbus.ts', `import { connect } from 'node:net'`],
    ['src-worker/history/store.ts', `import { DuckDBInstance } from '@duckdb/node-api'`],
    ['src-main/server/http.ts', `import { isIP, type AddressInfo } from 'node:net'`],
    ['src-main/server/http.ts', `import type { Socket } from 'node:net'`],
    ['src-main/host.ts', `import { createDevices } from './devices/operations.ts'`],
    ['src-shared/acquisition/port.ts', `import type { Point } from '../devices/profile.ts'`],
    ['src-main/devices/store.ts', `import { Failure } from '#shared/failures.ts'`],
    ['src-renderer/devices/DeviceList.tsx', `import { Value } from '../ui/Value.tsx'`],
  ])('%s: %s', (path, text) => {
    expect(breaches(path, text)).toEqual([])
  })
})
