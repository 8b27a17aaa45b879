/** What a record of a heat meter is filled with. `none`: a register that this meter has and nothing ever counts into. */
export type Filling =
  | 'energy'
  | 'volume'
  | 'power'
  | 'flow'
  | 'flowTemperature'
  | 'returnTemperature'
  | 'difference'
  | 'energyIn'
  | 'energyOut'
  | 'hours'
  | 'info'
  | 'serial'
  | 'clock'
  | 'none'

/** One record as it stands on the wire. `fails`: while a sensor is broken the record says so and has no value. */
export type Entry = { dib: readonly number[]; vib: readonly number[]; filling: Filling; fails: boolean }

const entry = (text: string, filling: Filling, fails = false): Entry => {
  const [dib = '', vib = ''] = text.split('|')
  const bytes = (part: string) =>
    part
      .trim()
      .split(' ')
      .map((byte) => Number.parseInt(byte, 16))
  return { dib: bytes(dib), vib: bytes(vib), filling, fails }
}

/** Multical 601 as in its profile's sample, with the sums of volume and temperature and the info code that later ones send too. */
const kamstrup = [
  entry('0C | 78', 'serial'),
  entry('04 | 06', 'energy'),
  entry('04 | FF 07', 'energyIn'),
  entry('04 | FF 08', 'energyOut'),
  entry('04 | 14', 'volume'),
  entry('04 | 22', 'hours'),
  entry('04 | 59', 'flowTemperature'),
  entry('04 | 5D', 'returnTemperature'),
  entry('04 | 61', 'difference'),
  entry('04 | 2D', 'power'),
  entry('04 | 3B', 'flow'),
  entry('84 10 | 06', 'none'),
  entry('84 20 | 06', 'none'),
  entry('84 40 | 14', 'none'),
  entry('84 80 40 | 14', 'none'),
  entry('02 | FF 22', 'info'),
  entry('04 | 6D', 'clock'),
]

const engelmann = [
  entry('0C | 78', 'serial'),
  entry('04 | 6D', 'clock'),
  entry('04 | 15', 'volume'),
  entry('04 | 06', 'energy'),
  entry('84 10 | 06', 'none'),
  entry('84 20 | 06', 'none'),
  entry('84 30 | 06', 'none'),
  entry('04 | 3B', 'flow'),
  entry('04 | 2B', 'power'),
  entry('02 | 5B', 'flowTemperature'),
  entry('02 | 5F', 'returnTemperature'),
  entry('04 | 61', 'difference'),
  entry('02 | 27', 'hours'),
  entry('02 | FD 17', 'info'),
]

const sensus = [
  entry('0C | 07', 'energy'),
  entry('0C | 14', 'volume'),
  entry('0C | 3C', 'flow'),
  entry('0C | 2C', 'power'),
  entry('0A | 5A', 'flowTemperature', true),
  entry('0A | 5E', 'returnTemperature', true),
  entry('0B | 60', 'difference', true),
  entry('0C | 78', 'serial'),
]

const itron = [
  entry('0C | 78', 'serial'),
  entry('04 | 06', 'energy'),
  entry('0C | 14', 'volume'),
  entry('0B | 2D', 'power', true),
  entry('0B | 3B', 'flow'),
  entry('0A | 5A', 'flowTemperature', true),
  entry('0A | 5E', 'returnTemperature', true),
  entry('0B | 61', 'difference', true),
  entry('04 | 6D', 'clock'),
  entry('02 | 27', 'hours'),
  entry('8C C0 00 | 16', 'none'),
  entry('8C 80 40 | 14', 'none'),
  entry('04 | 86 3C', 'none'),
]

const minol = [
  entry('04 | 06', 'energy'),
  entry('04 | 14', 'volume'),
  entry('04 | 2D', 'power'),
  entry('04 | 3C', 'flow'),
  entry('02 | 59', 'flowTemperature'),
  entry('02 | 5D', 'returnTemperature'),
  entry('8C 40 | 79', 'serial'),
  entry('84 40 | 13', 'none'),
  entry('84 80 40 | 13', 'none'),
  entry('02 | FD 17', 'info'),
  entry('04 | 6D', 'clock'),
]

/** What EN 13757-3 would have any heat meter send. */
const plain = [
  entry('0C | 78', 'serial'),
  entry('04 | 06', 'energy'),
  entry('04 | 14', 'volume'),
  entry('04 | 2D', 'power'),
  entry('04 | 3B', 'flow'),
  entry('04 | 59', 'flowTemperature'),
  entry('04 | 5D', 'returnTemperature'),
  entry('04 | 61', 'difference'),
  entry('04 | 26', 'hours'),
  entry('02 | FD 17', 'info'),
  entry('04 | 6D', 'clock'),
]

const layouts: Readonly<Record<string, readonly Entry[]>> = {
  KAM: kamstrup,
  EFE: engelmann,
  SEN: sensus,
  SPX: sensus,
  ACW: itron,
  ZRM: minol,
}

/** The records of a heat meter in the order in which this maker's meters send them. */
export function layoutOf(manufacturer: string): readonly Entry[] {
  return layouts[manufacturer] ?? plain
}
