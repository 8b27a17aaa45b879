import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Priority } from '#shared/alarms/priority.ts'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { valueText, type Shown } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import type { FigureTheme } from './figure.ts'
import type { AlarmColors } from './figure-theme.ts'
import type { Drawn } from './drawn.ts'
import type { Pin } from './overlay.ts'

type Happened = { at: number; device: string; deviceName: string; text: string }
/**
 * Something that happened at a moment and explains what the lines do. An alarm stood `until` it was gone (null: it stands), and its rule looks
 * at `limit` of a series.
 */
export type Marker =
  | (Happened & { kind: 'setting' })
  | (Happened & { kind: 'alarm'; until: number | null; alarm: string; priority: Priority; limit: { series: number; value: number } | null })

/** Changes of settings of the devices whose points are drawn: what, from where to where, and by whom. */
export function useMarkers(drawn: readonly Drawn[], from: number, to: number, wanted: boolean): { markers: Marker[]; more: boolean } {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  const name = useLookup('values')
  const titles = useMemo(() => new Map(drawn.map(({ device, deviceName }) => [device, deviceName])), [drawn])
  const devices = [...titles.keys()]
  const { data } = useCall('audit.changes', { devices, from, to }, { enabled: wanted && devices.length > 0, keep: true })
  const changes = useMemo(() => (wanted ? (data?.changes ?? []) : []), [wanted, data])
  const point = [...new Set(changes.map((change) => change.point))].slice(0, 100)
  const changed = useCall('devices.points', { devices, point, limit: 5000 }, { enabled: changes.length > 0, keep: true })
  const markers = useMemo(() => {
    const text = (shown: Shown | undefined, value: number | null) => {
      if (value === null) return t('write.fault')
      if (!shown) return format.number(value, 2)
      const said = valueText(shown, value, format, { off: t('value.off'), name })
      return said.unit === '' ? said.text : `${said.text} ${said.unit}`
    }
    return changes.map(({ device, point: id, at, actor, outcome, from: old, to: wished }): Marker => {
      const known = changed.data?.points.find((one) => one.device === device && one.point.id === id)?.point
      const words = {
        point: known ? names.full(known) : id,
        from: text(known, old),
        to: text(known, wished),
        actor,
      }
      const said =
        outcome === 'done'
          ? t('chart.change', words)
          : t('chart.changeOpen', { ...words, outcome: t(`chart.outcome.${outcome ?? 'open'}`) })
      return { at, kind: 'setting', device, deviceName: titles.get(device) ?? '', text: said }
    })
  }, [changes, changed.data, titles, names, name, format, t])
  return { markers, more: wanted && (data?.more ?? false) }
}

export function pinsOf(markers: readonly Marker[], theme: Pick<FigureTheme, 'quiet'> & AlarmColors): Pin[] {
  return markers.map((marker) =>
    marker.kind === 'alarm'
      ? { at: marker.at, until: marker.until ?? Infinity, shape: 'diamond', color: theme.alarm[marker.priority] }
      : { at: marker.at, until: null, shape: 'arrow', color: theme.quiet },
  )
}
