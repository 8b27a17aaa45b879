import type { Coverage } from '#shared/profiles/contract.ts'

export const proofFilters = ['all', 'field', 'table', 'unverified', 'own'] as const
export type ProofFilter = (typeof proofFilters)[number]

export type Narrowed = { shown: Coverage[]; counts: Record<ProofFilter, number> }

export function proofFilterOf(word: string | undefined): ProofFilter {
  return proofFilters.find((one) => one === word) ?? 'all'
}

/** Rows that match words, maker and certainty, and how many of each certainty match words and maker. */
export function narrow(rows: readonly Coverage[], text: string, maker: string | undefined, proof: ProofFilter): Narrowed {
  const words = text.toLowerCase().split(/\s+/)
  const found = rows.filter((row) => (maker === undefined || row.maker === maker) && words.every((word) => said(row).includes(word)))
  const counts = Object.fromEntries(proofFilters.map((one) => [one, found.filter((row) => fits(row, one)).length])) as Record<
    ProofFilter,
    number
  >
  return { shown: found.filter((row) => fits(row, proof)), counts }
}

export function makersOf(rows: readonly Coverage[]): string[] {
  return [...new Set(rows.map(({ maker }) => maker))].sort((a, b) => a.localeCompare(b))
}

/** A profile has a row for each application that it only reads in general. */
export const rowKey = ({ profile, applications }: Coverage) => `${profile} ${applications.join()}`

/** Such as "A266", or "A231, A331"; empty when the controller has no applications. */
export function applicationText({ applications }: Pick<Coverage, 'applications'>): string {
  return applications.join(', ')
}

function fits(row: Coverage, proof: ProofFilter): boolean {
  return proof === 'all' || (proof === 'own' ? row.own : row.fault === null && row.proof === proof)
}

/** What a row can be found by, with applications as people write them: A266.1. */
function said({ maker, controller, applications, subtypes, title, source, profile }: Coverage): string {
  const keys = applications.flatMap((application) => [application, ...subtypes.map((subtype) => `${application}.${subtype}`)])
  return [maker, controller, ...keys, title, source, profile].join(' ').toLowerCase()
}
