import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { createCalendar } from '#shared/calendar.ts'
import { useHost } from '../host.ts'
import { useFormat, useLookup } from '../words.ts'
import { valueText } from '../value-face.ts'
import { csvOf } from './csv.ts'
import type { Row } from './table.ts'

type SaveCsvProps = { rows: readonly Row[]; columns: readonly string[]; headings: readonly string[] }

/** Saves what the table shows as a CSV file, made here in the page. */
export function SaveCsv({ rows, columns, headings }: SaveCsvProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now } = useHost()
  const name = useLookup('values')
  const save = () => {
    const calendar = createCalendar(format.timeZone)
    const words = {
      device: t('overview.device'),
      place: t('overview.place'),
      quality: t('overview.quality'),
      read: `${t('overview.read')} (${format.timeZone})`,
      heading: (column: string) => headings[columns.indexOf(column)] ?? column,
      named: ({ shape }: { shape: Parameters<typeof valueText>[0] }, value: number) =>
        value === shape.off || shape.values?.[String(value)] !== undefined || shape.text
          ? valueText(shape, value, format, { off: t('value.off'), name }).text
          : null,
    }
    const text = csvOf(rows, columns, words, format.separators.startsWith(','), calendar)
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${t('overview.file')}-${calendar.dateAt(now())}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  return (
    <Button variant="default" leftSection={<IconDownload size={17} stroke={1.6} />} onClick={save} disabled={rows.length === 0}>
      {t('overview.csv')}
    </Button>
  )
}
