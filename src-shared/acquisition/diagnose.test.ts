import { describe, expect, it } from 'vitest'
import type { Way } from '../devices/way.ts'
import { diagnose } from './diagnose.ts'
import { outcomes, type LineUnit, type Outcome } from './line.ts'

type Sketch = Partial<Omit<LineUnit, 'recent'>> & { recent?: Partial<Record<Outcome, number>>; failure?: string }

const clean = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>

function unit(number: number, { recent = { answered: 60 }, failure, ...changes }: Sketch = {}): LineUnit {
  return {
    device: `d${number}`,
    name: `Station ${number}`,
    address: { host: '/dev/ttyUSB0', port: 0, unit: number, way: 'modbus-serial' },
    contact: {
      state: failure ? 'offline' : 'online',
      since: 0,
      lastAnswer: null,
      failure: failure ? { code: failure, params: { unit: number } } : null,
    },
    requests: 100,
    failures: 0,
    exceptions: 0,
    answerMs: 40,
    answerMsWorst: 60,
    spread: [],
    cycleMs: 900,
    dueMs: 10_000,
    overruns: 0,
    ...changes,
    recent: { ...clean, ...recent },
  }
}

function causesOf(units: LineUnit[], way: Way = 'modbus-serial', reconnects = 0): string[] {
  const address = { host: 'x', port: 0, unit: 1, way }
  return diagnose({ address, units, reconnects }).map(({ cause, device }) => (device ? `${cause} ${device}` : cause))
}

const silent = { failure: 'device.silent', recent: { answered: 20, silent: 44 } }

describe('a line on which all is well', () => {
  it('is fine, also with a single lost request or with settings that a device does not have', () => {
    expect(causesOf([unit(1), unit(2, { recent: { answered: 62, silent: 1, refused: 1 } })])).toEqual(['fine'])
  })

  it('is only waited for before anything was asked', () => {
    const contact = { state: 'waiting', since: 0, lastAnswer: null, failure: null } as const
    expect(causesOf([unit(1, { contact, requests: 0, recent: {} })])).toEqual(['waiting'])
    expect(causesOf([])).toEqual(['waiting'])
  })
})

describe('devices out of contact', () => {
  it('while others answer are told by name: their address, power or wiring', () => {
    expect(causesOf([unit(1), unit(2, silent), unit(3)])).toEqual(['silentOne d2'])
    expect(causesOf([unit(1), unit(2, silent), unit(3, silent)])).toEqual(['silentSome'])
    expect(causesOf([unit(1), unit(2, { failure: 'device.gateway' })], 'modbus-tcp')).toEqual(['gatewaySome d2'])
    expect(causesOf([unit(1), unit(2, { failure: 'device.badAnswer' })])).toEqual(['garbledOne d2'])
    expect(causesOf([unit(1), unit(2, { failure: 'device.lineSettings' })])).toEqual(['failure d2'])
  })

  it('all at once are the line', () => {
    expect(causesOf([unit(1, silent), unit(2, silent)])).toEqual(['silentLine'])
    expect(causesOf([unit(1, silent)], 'modbus-tcp')).toEqual(['silentAddress d1'])
    expect(causesOf([unit(1, { failure: 'device.badAnswer' }), unit(2, silent)])).toEqual(['garbled'])
    expect(causesOf([unit(1, { failure: 'device.gateway' }), unit(2, { failure: 'device.gateway' })], 'modbus-tcp')).toEqual(['gatewayAll'])
    expect(causesOf([unit(1, { failure: 'device.closed' })], 'modbus-tcp')).toEqual(['otherClient'])
  })

  it('for a reason that names itself show that reason', () => {
    for (const failure of ['device.portMissing', 'device.portBusy', 'device.refused', 'device.unreachable', 'device.nameUnknown']) {
      const [cause] = diagnose({ address: { host: 'x', port: 0, unit: 1 }, units: [unit(1, { failure })], reconnects: 0 })
      expect(cause).toEqual({ cause: 'failure', device: 'd1', params: { code: failure, unit: 1 } })
    }
  })
})

describe('devices that answer, but not well', () => {
  const hurt = { recent: { answered: 56, damaged: 8 } }

  it('damaged at all of them: the line; at one of several: near that one', () => {
    expect(causesOf([unit(1, hurt), unit(2, hurt)])).toEqual(['damaged'])
    expect(causesOf([unit(1, hurt)])).toEqual(['damaged'])
    expect(causesOf([unit(1), unit(2, hurt)])).toEqual(['damagedOne d2'])
  })

  it('answers that nobody asked for: two masters', () => {
    expect(causesOf([unit(1, { recent: { answered: 50, foreign: 4, damaged: 10 } }), unit(2)])).toEqual(['twoMasters'])
  })

  it('losing requests, slow against the others, or refusing', () => {
    expect(causesOf([unit(1), unit(2, { recent: { answered: 54, silent: 10 } })])).toEqual(['lossy d2'])
    expect(causesOf([unit(1), unit(2, { answerMs: 900 }), unit(3)])).toEqual(['slowOne d2'])
    expect(causesOf([unit(1), unit(2, { answerMs: 120 }), unit(3)])).toEqual(['fine'])
    expect(causesOf([unit(1, { recent: { answered: 40, refused: 20 } })])).toEqual(['refusing d1'])
  })

  it('on a connection that keeps closing: somebody else uses it too', () => {
    expect(causesOf([unit(1)], 'modbus-tcp', 3)).toEqual(['closes'])
  })

  it('with more to read than the time allows', () => {
    const slow = diagnose({
      address: { host: 'x', port: 0, unit: 1 },
      units: [unit(1, { cycleMs: 13_460 }), unit(2, { cycleMs: 12_000 })],
      reconnects: 0,
    })
    expect(slow).toEqual([{ cause: 'slowCycle', device: 'd1', params: { name: 'Station 1', unit: 1, cycleS: 13.5, dueS: 10, count: 2 } }])
    expect(causesOf([unit(1, { cycleMs: 13_460, dueMs: null })])).toEqual(['fine'])
  })

  it('are told after those that do not answer at all', () => {
    expect(causesOf([unit(1, hurt), unit(2, silent), unit(3, hurt)])).toEqual(['silentOne d2', 'damaged'])
  })
})
