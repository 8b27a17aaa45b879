/** Units that values of records come in, before anybody converts them. */
export type MbusUnit =
  | ''
  | 'Wh'
  | 'J'
  | 'cal'
  | 'm³'
  | 'ft³'
  | 'gal'
  | 'kg'
  | 's'
  | 'month'
  | 'year'
  | 'W'
  | 'J/h'
  | 'm³/h'
  | 'm³/min'
  | 'm³/s'
  | 'gal/min'
  | 'gal/h'
  | 'kg/h'
  | '°C'
  | '°F'
  | 'K'
  | 'bar'
  | 'V'
  | 'A'
  | 'varh'
  | 'VAh'
  | 'var'
  | 'VA'
  | 'Hz'
  | '%'
  | '°'
  | 'dBm'
  | 'Bd'
  | 'bit'

/** How a binary number is read: with sign, without, as single bits, or as a date or time by its length. */
export type Reading = 'signed' | 'unsigned' | 'bits' | 'date'

/**
 * `count` codes from `from` on. The value is the number × 10^(`exponent` + distance from `from`); with `factors` or `units`
 * instead, each code has its own. Without any of them the codes mean the same.
 */
export type VifRow = {
  from: number
  count: number
  quantity: string
  unit: MbusUnit
  exponent?: number
  factors?: readonly number[]
  units?: readonly MbusUnit[]
  read?: Reading
}

const row = (from: number, count: number, quantity: string, unit: MbusUnit, exponent: number): VifRow => ({
  from,
  count,
  quantity,
  unit,
  exponent,
})
const plain = (from: number, quantity: string, read: Reading = 'signed', unit: MbusUnit = ''): VifRow => ({
  from,
  count: 1,
  quantity,
  unit,
  read,
})
const secondsOf = [1, 60, 3600, 86400]
/** Seconds, minutes, hours, days; from the first, unless `skip`. */
const time = (from: number, quantity: string, skip = 0): VifRow => ({
  from,
  count: 4 - skip,
  quantity,
  unit: 's',
  factors: secondsOf.slice(skip),
})
const longTime = (from: number, quantity: string): VifRow => ({
  from,
  count: 4,
  quantity,
  unit: 's',
  factors: [3600, 86400, 1, 1],
  units: ['s', 's', 'month', 'year'],
})
const monthOrYear = (from: number, quantity: string): VifRow => ({ from, count: 2, quantity, unit: 'month', units: ['month', 'year'] })

/** Codes of the first byte, without its extension bit. */
export const primaryTable: readonly VifRow[] = [
  row(0x00, 8, 'energy', 'Wh', -3),
  row(0x08, 8, 'energy', 'J', 0),
  row(0x10, 8, 'volume', 'm³', -6),
  row(0x18, 8, 'mass', 'kg', -3),
  time(0x20, 'onTime'),
  time(0x24, 'operatingTime'),
  row(0x28, 8, 'power', 'W', -3),
  row(0x30, 8, 'power', 'J/h', 0),
  row(0x38, 8, 'volumeFlow', 'm³/h', -6),
  row(0x40, 8, 'volumeFlow', 'm³/min', -7),
  row(0x48, 8, 'volumeFlow', 'm³/s', -9),
  row(0x50, 8, 'massFlow', 'kg/h', -3),
  row(0x58, 4, 'flowTemperature', '°C', -3),
  row(0x5c, 4, 'returnTemperature', '°C', -3),
  row(0x60, 4, 'temperatureDifference', 'K', -3),
  row(0x64, 4, 'externalTemperature', '°C', -3),
  row(0x68, 4, 'pressure', 'bar', -3),
  plain(0x6c, 'date', 'date'),
  plain(0x6d, 'dateTime', 'date'),
  plain(0x6e, 'heatCostUnits'),
  time(0x70, 'averagingTime'),
  time(0x74, 'actualityTime'),
  plain(0x78, 'fabricationNumber', 'unsigned'),
  plain(0x79, 'enhancedIdentification', 'unsigned'),
  plain(0x7a, 'busAddress', 'unsigned'),
]

/** Codes after FD. */
export const firstExtension: readonly VifRow[] = [
  row(0x00, 4, 'credit', '', -3),
  row(0x04, 4, 'debit', '', -3),
  plain(0x08, 'accessNumber', 'unsigned'),
  plain(0x09, 'medium', 'unsigned'),
  plain(0x0a, 'manufacturer', 'unsigned'),
  plain(0x0b, 'parameterSet', 'unsigned'),
  plain(0x0c, 'modelVersion', 'unsigned'),
  plain(0x0d, 'hardwareVersion', 'unsigned'),
  plain(0x0e, 'firmwareVersion', 'unsigned'),
  plain(0x0f, 'softwareVersion', 'unsigned'),
  plain(0x10, 'customerLocation', 'unsigned'),
  plain(0x11, 'customer', 'unsigned'),
  plain(0x12, 'userCode', 'unsigned'),
  plain(0x13, 'operatorCode', 'unsigned'),
  plain(0x14, 'systemOperatorCode', 'unsigned'),
  plain(0x15, 'developerCode', 'unsigned'),
  plain(0x16, 'password', 'unsigned'),
  plain(0x17, 'errorFlags', 'bits'),
  plain(0x18, 'errorMask', 'bits'),
  plain(0x19, 'securityKey', 'unsigned'),
  plain(0x1a, 'digitalOutput', 'bits'),
  plain(0x1b, 'digitalInput', 'bits'),
  plain(0x1c, 'baudRate', 'unsigned', 'Bd'),
  plain(0x1d, 'responseDelay', 'unsigned', 'bit'),
  plain(0x1e, 'retries', 'unsigned'),
  plain(0x1f, 'remoteControl', 'bits'),
  plain(0x20, 'firstStorage', 'unsigned'),
  plain(0x21, 'lastStorage', 'unsigned'),
  plain(0x22, 'storageBlockSize', 'unsigned'),
  plain(0x23, 'tariffDescriptor', 'unsigned'),
  time(0x24, 'storageInterval'),
  monthOrYear(0x28, 'storageInterval'),
  plain(0x2a, 'operatorData', 'unsigned'),
  plain(0x2b, 'secondOfTime', 'unsigned', 's'),
  time(0x2c, 'timeSinceReadout'),
  plain(0x30, 'tariffStart', 'date'),
  time(0x31, 'tariffTime', 1),
  time(0x34, 'tariffPeriod'),
  monthOrYear(0x38, 'tariffPeriod'),
  plain(0x3a, 'dimensionless'),
  plain(0x3b, 'radioContainer', 'unsigned'),
  time(0x3c, 'transmissionPeriod'),
  row(0x40, 16, 'voltage', 'V', -9),
  row(0x50, 16, 'current', 'A', -12),
  plain(0x60, 'resetCounter'),
  plain(0x61, 'cumulationCounter'),
  plain(0x62, 'controlSignal', 'unsigned'),
  plain(0x63, 'dayOfWeek', 'unsigned'),
  plain(0x64, 'weekNumber', 'unsigned'),
  plain(0x65, 'dayChangeTime', 'unsigned'),
  plain(0x66, 'parameterActivation', 'unsigned'),
  plain(0x67, 'supplierInformation', 'unsigned'),
  longTime(0x68, 'timeSinceCumulation'),
  longTime(0x6c, 'batteryTime'),
  plain(0x70, 'batteryChange', 'date'),
  plain(0x71, 'radioLevel', 'signed', 'dBm'),
  plain(0x72, 'summerTimeRule', 'unsigned'),
  plain(0x73, 'listeningWindow', 'unsigned'),
  { from: 0x74, count: 1, quantity: 'batteryRemaining', unit: 's', factors: [86400] },
  plain(0x75, 'stops'),
  plain(0x76, 'makerContainer', 'unsigned'),
]

/** Codes after FB. */
export const secondExtension: readonly VifRow[] = [
  row(0x00, 2, 'energy', 'Wh', 5),
  row(0x02, 2, 'reactiveEnergy', 'varh', 3),
  row(0x04, 2, 'apparentEnergy', 'VAh', 3),
  row(0x08, 2, 'energy', 'J', 8),
  row(0x0c, 4, 'energy', 'cal', 5),
  row(0x10, 2, 'volume', 'm³', 2),
  row(0x14, 4, 'reactivePower', 'var', 0),
  row(0x18, 2, 'mass', 'kg', 5),
  row(0x1a, 2, 'humidity', '%', -1),
  row(0x20, 1, 'volume', 'ft³', 0),
  row(0x21, 1, 'volume', 'ft³', -1),
  row(0x22, 2, 'volume', 'gal', -1),
  row(0x24, 1, 'volumeFlow', 'gal/min', -3),
  row(0x25, 1, 'volumeFlow', 'gal/min', 0),
  row(0x26, 1, 'volumeFlow', 'gal/h', 0),
  row(0x28, 2, 'power', 'W', 5),
  row(0x2a, 1, 'phaseVoltageVoltage', '°', -1),
  row(0x2b, 1, 'phaseVoltageCurrent', '°', -1),
  row(0x2c, 4, 'frequency', 'Hz', -3),
  row(0x30, 2, 'power', 'J/h', 8),
  row(0x34, 4, 'apparentPower', 'VA', 0),
  row(0x58, 4, 'flowTemperature', '°F', -3),
  row(0x5c, 4, 'returnTemperature', '°F', -3),
  row(0x60, 4, 'temperatureDifference', '°F', -3),
  row(0x64, 4, 'externalTemperature', '°F', -3),
  row(0x70, 4, 'temperatureLimit', '°F', -3),
  row(0x74, 4, 'temperatureLimit', '°C', -3),
  row(0x78, 8, 'cumulatedMaximumPower', 'W', -3),
]
