import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { valueText } from '../value-face.ts'
import { useFailureText, useFormat, useLookup } from '../words.ts'
import { titleOf } from './drawn.ts'
import type { FigureInput } from './figure.ts'
import type { Marker } from './markers.ts'
import type { Calendar } from '#shared/calendar.ts'
import { extremes, type Course } from './series.ts'
import { ticksOf } from './ticks.ts'
import type { Printed } from './print/print.ts'

type ExportMenuProps = { title: string; figure: FigureInput; markers: readonly Marker[]; several: boolean; calendar: Calendar }

const kinds = ['png', 'a4', 'a3'] as const
type Kind = (typeof kinds)[number]
/** Numbered marks that a sheet has room for. */
const mostMarks = 12

/** Saves the chart that is shown as a picture or as a document for the printer. */
export function ExportMenu({ title, figure, markers, several, calendar }: ExportMenuProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  const name = useLookup('values')
  const { now } = useHost()
  const tell = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { from, to } = figure
  const words = { off: t('value.off'), name }
  const spread = ({ point }: Course, { min, max }: { min: number; max: number }) => {
    const [low, high] = [valueText(point, min, format, words), valueText(point, max, format, words)]
    const numbers = low.text === high.text ? high.text : `${low.text} … ${high.text}`
    return high.unit === '' ? numbers : `${numbers} ${high.unit}`
  }
  const inside = markers.filter(({ at }) => at >= from && at < to)
  const printed = (): Printed => ({
    title,
    notes: [
      `${format.dateTime(from)} – ${format.dateTime(to)} · ${t('period.zone', { zone: calendar.timeZone })}`,
      ...(figure.past.length > 0 ? [t('chart.print.past')] : []),
      ...(figure.courses.some(({ min }) => min !== null) ? [t('chart.print.reduced')] : []),
    ],
    figure,
    legend: (course) => {
      const range = extremes(course, from, to)
      return {
        name: titleOf(course, names.full, several),
        range: range ? spread(course, range) : t('chart.print.nothing'),
      }
    },
    moments: inside.map(({ at }) => at),
    marks: inside
      .slice(0, mostMarks)
      .map(({ at, deviceName, text: said }, i) => `${i + 1}  ${format.dateTime(at)}  ${several ? `${deviceName} · ` : ''}${said}`),
    foot: [t('chart.print.foot', { when: `${format.dateTime(now())} (${calendar.timeZone})` }), 'Hearthgrid'],
    ticksFor: (width) => ticksOf(from, to, width, calendar, format),
  })
  const save = async (kind: Kind) => {
    setBusy(true)
    setFailure(null)
    try {
      const { printPdf, printPng } = await import('./print/print.ts')
      const blob = kind === 'png' ? await printPng(printed(), 'a4') : await printPdf(printed(), kind)
      download(blob, `${fileName(title)} ${calendar.dateAt(from)}.${kind === 'png' ? 'png' : 'pdf'}`)
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
          size="xs"
          variant="default"
          loading={busy}
          title={failure === null ? undefined : tell(failure).title}
          leftSection={<IconDownload size={15} stroke={1.6} />}
        >
          {failure === null ? t('chart.print.label') : t('chart.print.failed')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={kind === 'png' ? <IconPhoto size={16} stroke={1.6} /> : <IconFileTypePdf size={16} stroke={1.6} />}
            onClick={() => void save(kind)}
          >
            {t(`chart.print.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A name that every file system takes. */
function fileName(title: string): string {
  return title
    .replaceAll(/[\\/:*?"<>|]/g, ' ')
    .slice(0, 80)
    .trim()
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
