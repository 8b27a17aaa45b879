/**
 * Where the text of a point stands in `locales/<language>/points.json`, and what goes in front of it.
 *
 * The number at the end of the first word is taken off, so that three circuits share their texts: `circuit2.flow` has the text
 * `circuit.flow`, `alarm7` the text `alarm`, which has a place for {{number}}. Of three words and more the first only says
 * where: `circuit1.schedule.monday.start1` and `hotWater.schedule.monday.start1` share `schedule.monday.start1`.
 * `group` is the text to put in front ("Circuit 2"), null when the point stands alone.
 */
export function pointTextKey(id: string): { key: string; number: number | null; group: string | null } {
  const [first = '', ...rest] = id.split('.')
  const digits = /\d+$/.exec(first)?.[0]
  const word = digits ? first.slice(0, -digits.length) : first
  return {
    key: (rest.length > 1 ? rest : [word, ...rest]).join('.'),
    number: digits ? Number(digits) : null,
    group: rest.length > 0 ? word : null,
  }
}
