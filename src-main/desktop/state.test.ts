import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LogFile } from '../log.ts'
import { placeOn, StateFile, usual } from './state.ts'
import { clearUp, startDesktop, type Started } from './testing/desktop.ts'

describe('the window returns', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1080 }
  const right = { x: 1920, y: 0, width: 1280, height: 1024 }
  const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximised: false })

  test.each([
    ['where it was on the only display', [left], at(100, 50), { x: 100, y: 50, width: 1000, height: 700 }],
    ['where it was on the second display', [left, right], at(2000, 10), { x: 2000, y: 10, width: 1000, height: 700 }],
    ['half off the edge, as it was left', [left], at(1500, 600), { x: 1500, y: 600, width: 1000, height: 700 }],
    ['in the middle when its display is gone', [left], at(2000, 10), { width: 1000, height: 700 }],
    ['in the middle when its title is above every display', [left], at(100, -500), { width: 1000, height: 700 }],
    ['in the middle when too little of it can be taken hold of', [left], at(1850, 50), { width: 1000, height: 700 }],
    ['no smaller than it can be used', [left], at(100, 50, 10, 10), { x: 100, y: 50, width: 480, height: 360 }],
    ['in its usual size the first time', [left], undefined, usual],
    ['in its usual size where no display is known', [], undefined, usual],
    ['in the middle where no display is known', [], at(100, 50), { width: 1000, height: 700 }],
  ])('%s', (_how, displays, window, expected) => {
    expect(placeOn(displays, window)).toEqual(expected)
  })
})

describe('what the desktop remembers', () => {
  let folder: string
  let log: LogFile
  const open = () => new StateFile(join(folder, 'desktop.json'), log.scope('test'))
  const written = () => readFileSync(join(folder, 'desktop.json'), 'utf8')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearthgrid-state-'))
    log = new LogFile(join(folder, 'log'), () => 0)
  })
  afterEach(async () => {
    log.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is there again at the next start', () => {
    open().change({ window: { x: 1, y: 2, width: 800, height: 600, maximised: true }, port: 4711 })
    expect(open().state).toEqual({
      keepRunning: true,
      toldThatItKeepsRunning: false,
      window: { x: 1, y: 2, width: 800, height: 600, maximised: true },
      port: 4711,
    })
  })

  test('is written beside and put in place, leaving nothing behind', () => {
    open().change({ keepRunning: false })
    expect(readdirSync(folder).toSorted()).toEqual(['desktop.json', 'log'])
    writeFileSync(join(folder, 'desktop.json.new'), '{"keepRunn')
    expect(open().state.keepRunning).toBe(false)
    open().change({ keepRunning: true })
    expect(open().state.keepRunning).toBe(true)
  })

  test('is not written when nothing changed', () => {
    const file = open()
    file.change({ port: 4711 })
    rmSync(join(folder, 'desktop.json'))
    file.change({ port: 4711 })
    expect(readdirSync(folder)).toEqual(['log'])
  })

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{"keepRunning":"yes"}',
    '{"keepRunning":true,"toldThatItKeepsRunning":false,"port":70000}',
    '\u0000\u0000',
  ])('damaged as %j is a fresh start, and the file is whole after the next change', async (damage) => {
    writeFileSync(join(folder, 'desktop.json'), damage)
    const file = open()
    expect(file.state).toEqual({ keepRunning: true, toldThatItKeepsRunning: false })
    file.change({ port: 4711 })
    expect(JSON.parse(written())).toMatchObject({ port: 4711 })
    await expect.poll(() => readFileSync(join(folder, 'log', 'hearthgrid.log'), 'utf8')).toContain('damaged')
  })

  test('that cannot be written is held for this time and told in the log', async () => {
    mkdirSync(join(folder, 'desktop.json.new'))
    const file = open()
    file.change({ port: 4711 })
    expect(file.state.port).toBe(4711)
    await expect.poll(() => readFileSync(join(folder, 'log', 'hearthgrid.log'), 'utf8')).toContain('could not be written')
  })
})

describe('a window that is moved', () => {
  let desktop: Started
  beforeEach(async () => {
    desktop = await startDesktop()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(async () => {
    vi.useRealTimers()
    await clearUp(desktop)
  })

  test('is remembered once it rests', () => {
    const window = desktop.window()
    for (let x = 1; x <= 20; x++) {
      window.bounds = { x, y: 5, width: 900, height: 700 }
      window.raise('move')
      vi.advanceTimersByTime(100)
      expect(desktop.remembered()).not.toHaveProperty('window')
    }
    vi.advanceTimersByTime(500)
    expect(desktop.remembered()).toMatchObject({ window: { x: 20, y: 5, width: 900, height: 700, maximised: false } })
  })

  test('comes back maximised, with the size it has when it is not', async () => {
    const window = desktop.window()
    window.bounds = { x: 30, y: 40, width: 900, height: 700 }
    window.maximised = true
    window.raise('resize')
    vi.advanceTimersByTime(500)
    vi.useRealTimers()
    const again = await startDesktop({ folder: desktop.folder })
    expect(again.window().options).toMatchObject({ x: 30, y: 40, width: 900, height: 700 })
    expect(again.window().maximised).toBe(true)
    await clearUp(again)
  })
})
