import type { Coverage } from '#shared/profiles/contract.ts'
import type { Protocol } from '#shared/devices/way.ts'

/** The usable profiles of a protocol of which every word is said somewhere, `A266.1` and `266 1` alike. */
export function findProfiles(rows: readonly Coverage[], protocol: Protocol, text: string): Coverage[] {
  const words = text
    .toLowerCase()
    .split(/[\s.,]+/)
    .filter(Boolean)
  return rows.filter((row) => {
    if (row.protocol !== protocol || row.fault !== null) return false
    const said = [row.maker, row.controller, row.title, row.profile, ...row.applications, ...row.subtypes].join(' ').toLowerCase()
    return words.every((word) => said.includes(word))
  })
}
