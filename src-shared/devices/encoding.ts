/**
 * How the words of a point are read. Names as in IEC 61131-3; words of 32 and 64 bits come high word first unless `swap`.
 * `decimal2` is whole number and thousandths; `decimal4` is ten thousands, ones, thousandths and the code of the unit.
 */
export const encodings = ['int16', 'uint16', 'int32', 'uint32', 'int64', 'float32', 'decimal2', 'decimal4'] as const
export type Encoding = (typeof encodings)[number]

export const wordsOf: Record<Encoding, 1 | 2 | 4> = {
  int16: 1,
  uint16: 1,
  int32: 2,
  uint32: 2,
  float32: 2,
  decimal2: 2,
  int64: 4,
  decimal4: 4,
}

/** How a raw number that stands for a text is written; see text.ts. */
export const textForms = [
  'version',
  'hundredths',
  'bcdVersion',
  'revision',
  'letter',
  'letters',
  'mbusMaker',
  'orderCode',
  'yearWeek',
  'serial',
  'system',
  'clock',
] as const
export type TextForm = (typeof textForms)[number]
