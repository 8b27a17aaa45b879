/** `1, 3-5` as 1, 3, 4, 5: units from 1 to 255, at most 16 of them. Null for anything else. */
export function parseUnits(text: string): number[] | null {
  const units = new Set<number>()
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const range = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part)
    if (!range) return null
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])]
    if (first < 1 || last > 255 || last < first) return null
    for (let unit = first; unit <= last; unit++) units.add(unit)
  }
  return units.size > 0 && units.size <= 16 ? [...units].sort((a, b) => a - b) : null
}
