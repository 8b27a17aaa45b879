import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileTypePdf, IconTable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlarmKpi } from '#shared/alarms/kpi-contract.ts'
import { request } from '../../client.ts'
import { useHost } from '../../host.ts'
import { useFailureText, useFormat } from '../../words.ts'
import { useKpiWords } from './kpi-words.ts'
import { monthOf, type KpiPeriod } from './kpi-period.ts'
import { reportOf, type ReportTexts } from './report.ts'

/** Saves what is shown as a document for the printer, and a month as a table. */
export function ReportMenu({ kpi, period }: { kpi: AlarmKpi; period: KpiPeriod }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const words = useKpiWords()
  const tell = useFailureText()
  const { now, call } = useHost()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const month = monthOf(period)
  const german = i18n.language !== 'en'
  const texts = (): ReportTexts => ({
    title: t('alarms.kpi.report.title', { period: words.period(period) }),
    notes: [
      t('alarms.kpi.counted', { from: format.dateTime(kpi.from), to: format.dateTime(kpi.to) }),
      t('period.zone', { zone: format.timeZone }),
    ],
    foot: t('alarms.kpi.report.foot', { when: format.dateTime(now()) }),
    section: (name) => t(`alarms.kpi.section.${name}`),
    head: (name) => t(`alarms.kpi.head.${name}`),
  })
  const print = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const { reportPdf } = await import('./report-pdf.ts')
      const lists = await Promise.all((['shelved', 'outOfService'] as const).map((view) => call('alarms.list', { view })))
      const away = lists.flatMap(({ rows }) => rows)
      save(await reportPdf(reportOf(kpi, away, words, format, texts())), `alarms-${month ?? period.first}.pdf`)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
          title={failure === null ? undefined : tell(failure).title}
        >
          {failure === null ? t('alarms.kpi.report.label') : t('alarms.kpi.report.failed')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileTypePdf size={16} stroke={1.6} />} onClick={() => void print()}>
          {t('alarms.kpi.report.pdf')}
        </Menu.Item>
        {month !== null && (
          <Menu.Item
            component="a"
            download
            href={request('alarms.kpiFile', { month, delimiter: german ? 'semicolon' : 'comma', decimal: german ? 'comma' : 'point' }).url}
            leftSection={<IconTable size={16} stroke={1.6} />}
          >
            {t('alarms.kpi.report.csv')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
