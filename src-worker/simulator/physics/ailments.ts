import type { Fault } from '#shared/simulator/faults.ts'

/** What is wrong with one station, as numbers that the physics multiplies and adds. */
export type Ailments = {
  /** Position at which a valve is held, in its travel beyond the one it had; NaN: it is free. */
  heatingHeld: number
  waterHeld: number
  transfer: number
  outdoorOffset: number
  flowOffset: number
  roomBroken: boolean
  flowBroken: boolean
  bypass: number
  hunting: number
  secondary: number
  free: boolean
  circulation: number
  pumpStopped: boolean
  officeWeek: boolean
  night: { from: number; to: number } | null
  noCutOut: boolean
  meterStuck: boolean
  meterReturn: number
  rollover: number
  zeroes: boolean
  spike: number
  gigajoules: boolean
}

export function healthy(): Ailments {
  return {
    heatingHeld: Number.NaN,
    waterHeld: Number.NaN,
    transfer: 1,
    outdoorOffset: 0,
    flowOffset: 0,
    roomBroken: false,
    flowBroken: false,
    bypass: 0,
    hunting: 1,
    secondary: 1,
    free: false,
    circulation: 1,
    pumpStopped: false,
    officeWeek: false,
    night: null,
    noCutOut: false,
    meterStuck: false,
    meterReturn: 0,
    rollover: Infinity,
    zeroes: false,
    spike: 0,
    gigajoules: false,
  }
}

/** What all faults of a station together do to it; of two of a kind the later counts. */
export function ailmentsOf(faults: readonly Fault[]): Ailments {
  const ill = healthy()
  for (const { kind, params } of faults) {
    const of = (name: string) => params[name] ?? 0
    if (kind === 'heatingValveStuck') ill.heatingHeld = of('opening') / 100
    else if (kind === 'waterValveStuck') ill.waterHeld = of('opening') / 100
    else if (kind === 'exchangerFouled') ill.transfer = of('transfer') / 100
    else if (kind === 'outdoorSensorOffset') ill.outdoorOffset = of('offset')
    else if (kind === 'flowSensorOffset') ill.flowOffset = of('offset')
    else if (kind === 'roomSensorBroken') ill.roomBroken = true
    else if (kind === 'flowSensorBroken') ill.flowBroken = true
    else if (kind === 'bypass') ill.bypass = of('share') / 100
    else if (kind === 'hunting') ill.hunting = of('gain')
    else if (kind === 'noThermostats') Object.assign(ill, { secondary: of('flow'), free: true })
    else if (kind === 'circulationHigh') ill.circulation = of('flow')
    else if (kind === 'heatingPumpStopped') ill.pumpStopped = true
    else if (kind === 'wrongSchedule') ill.officeWeek = true
    else if (kind === 'nightStop') ill.night = { from: of('from'), to: of('to') }
    else if (kind === 'summerHeating') ill.noCutOut = true
    else if (kind === 'meterFlowStuck') ill.meterStuck = true
    else if (kind === 'meterReturnOffset') ill.meterReturn = of('offset')
    else if (kind === 'meterRollover') ill.rollover = of('at')
    else if (kind === 'meterZeroes') ill.zeroes = true
    else if (kind === 'meterSpike') ill.spike = of('power')
    else if (kind === 'meterUnitChanged') ill.gigajoules = true
  }
  return ill
}
