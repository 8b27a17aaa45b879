import type { Finding } from '#shared/energy/contract.ts'

const rank = ({ closedAt, acknowledged, severity }: Finding) =>
  (closedAt === null ? 0 : 4) + (acknowledged === null ? 0 : 2) + (severity === 'alarm' ? 0 : 1)

/** Open ones first, then those that nobody has acknowledged, alarms before warnings, the newest of them first. */
export function urgentFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.to - a.to)
}

/** Findings to look at: open, and not acknowledged. */
export function toLookAt(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ closedAt, acknowledged }) => closedAt === null && acknowledged === null)
}
