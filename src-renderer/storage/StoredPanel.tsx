import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useNow } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'

export type Storage = CallOutput<'history.storage'>

const parts = ['sealed', 'hot', 'journal', 'settings', 'exports', 'log', 'other'] as const

/** Sizes as they were measured on the disk. */
export function StoredPanel({ storage }: { storage: Storage }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { state, samples, first, last, points, waiting, bytes, free, perSample, perPointYear } = storage
  const all = parts.reduce((sum, part) => sum + bytes[part], 0)
  const span = first === null || last === null ? null : t('storing.span', { from: format.date(first), age: format.span(now - last) })
  return (
    <Panel title={t('storing.stored')}>
      <Facts
        rows={[
          [t('storing.stateName'), t(`storing.state.${state}`)],
          [t('storing.samples'), t('storing.sampleCount', { samples: format.number(samples), points: format.number(points) })],
          [t('storing.range'), span ?? t('storing.empty')],
          [
            t('storing.waiting'),
            waiting === 0 ? t('storing.nothingWaits') : t('storing.waitingCount', { waiting: format.number(waiting) }),
          ],
          [
            t('storing.perSample'),
            perSample === null ? t('storing.notYet') : t('storing.bytesASample', { bytes: format.number(perSample, 2) }),
          ],
          [
            t('storing.perPointYear'),
            perPointYear === null ? t('storing.notYet') : t('storing.aYear', { size: format.bytes(perPointYear) }),
          ],
          [t('storing.all'), t('storing.allBytes', { all: format.bytes(all), free: format.bytes(free) })],
          ...parts
            .filter((part) => bytes[part] > 0)
            .map((part): [string, string] => [t(`storing.part.${part}`), format.bytes(bytes[part])]),
        ]}
      />
    </Panel>
  )
}
