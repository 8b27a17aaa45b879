import type { DecimalSign, Delimiter } from '#shared/history/csv.ts'
import type { ExportFormat } from '#shared/history/table-contract.ts'

export type ExportChoice = {
  format: ExportFormat
  delimiter: Delimiter
  decimal: DecimalSign
  zone: 'local' | 'utc'
  bom: boolean
  quality: boolean
}

/** What spreadsheets of the language read without being told: where the comma is the decimal sign, semicolons stand between cells. */
export function usualChoice(separators: string): ExportChoice {
  const comma = separators.startsWith(',')
  return {
    format: 'csv',
    delimiter: comma ? 'semicolon' : 'comma',
    decimal: comma ? 'comma' : 'point',
    zone: 'local',
    bom: true,
    quality: true,
  }
}

/** The file name in a Content-Disposition header. */
export function nameIn(header: string | null): string {
  const coded = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1]
  return coded === undefined ? 'readings' : decodeURIComponent(coded)
}
