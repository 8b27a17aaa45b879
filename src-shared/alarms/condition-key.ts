/**
 * One condition: a rule on a device and point. `part` tells several on one point apart: the level of a limit, the name of a health check, the
 * number of a finding. `device` and `point` are empty where there is none.
 */
export type Place = { rule: string; device: string; point: string; part: string }

/** The number of a condition, the same after every start. Parts are free of `|`: ids, point ids and names of levels. */
export const keyOf = ({ rule, device, point, part }: Place): string => [rule, device, point, part].join('|')

export function placeOf(key: string): Place {
  const [rule = '', device = '', point = '', part = ''] = key.split('|')
  return { rule, device, point, part }
}
