import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sentUnits } from '#shared/ingest/convert.ts'
import type { IngestKey } from '#shared/ingest/contract.ts'
import { decimals, units, type Quantity } from '#shared/units.ts'
import { useNow } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { useFormat } from '../words.ts'
import { meant, ownPoint, sentUnitOf, type KeyDraft } from './draft.ts'
import { knownPoints } from './known-points.ts'
import classes from './MemberForm.module.css'

type KeyRowProps = { sent: IngestKey; draft: KeyDraft; twice: boolean; onChange: (change: Partial<KeyDraft>) => void }

const quantities = (Object.keys(units) as Quantity[]).filter((one) => one !== 'text')
const unusual = 'unusual'

/** One key: what came last, the point it stands for, the unit it comes in, and what that gives. */
export function KeyRow({ sent, draft, twice, onChange }: KeyRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const names = usePointNames()
  const { key, raw, number, arrived } = sent
  const used = draft.point !== ''
  const value = meant(draft, number)
  const unit = sentUnitOf(draft)
  const points = [
    { value: ownPoint, label: t('ingest.own') },
    ...knownPoints.map(({ id }) => ({ value: id, label: names.full({ id, title: null }) })),
  ]
  const choosePoint = (point: string | null) => {
    const is = knownPoints.find(({ id }) => id === point)?.is
    onChange(is === undefined || is === draft.is ? { point: point ?? '' } : { point: point ?? '', is, scale: 1, offset: 0 })
  }
  const chooseUnit = (name: string | null) => {
    const one = sentUnits[draft.is].find((other) => other.unit === name)
    if (one) onChange({ scale: one.factor, offset: one.offset ?? 0 })
  }
  return (
    <div className={classes['row']}>
      <div className={classes['key']}>
        {key}
        <div className={classes['quiet']}>
          {arrived === null ? t('ingest.notSince') : t('ingest.sent', { raw: raw === '' ? '–' : raw, span: format.span(now - arrived) })}
        </div>
      </div>
      <div className={classes['own']}>
        <Select
          aria-label={t('ingest.pointOf', { key })}
          placeholder={t('ingest.unused')}
          data={points}
          value={used ? draft.point : null}
          onChange={choosePoint}
          error={twice ? t('ingest.twice') : undefined}
          searchable
          clearable
        />
        {draft.point === ownPoint && (
          <TextInput
            aria-label={t('ingest.ownName', { key })}
            value={draft.title}
            maxLength={80}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
          />
        )}
      </div>
      {used && (
        <div className={classes['own']}>
          {draft.point === ownPoint && (
            <Select
              aria-label={t('ingest.quantityOf', { key })}
              data={quantities.map((one) => ({ value: one, label: t(`ingest.quantity.${one as Exclude<Quantity, 'text'>}`) }))}
              value={draft.is}
              onChange={(is) => is && onChange({ is: is as Quantity, scale: 1, offset: 0 })}
              allowDeselect={false}
            />
          )}
          {sentUnits[draft.is].length > 1 && (
            <Select
              aria-label={t('ingest.unitOf', { key })}
              data={[
                ...sentUnits[draft.is].map((one) => ({ value: one.unit, label: t('ingest.comesIn', { unit: one.unit }) })),
                ...(unit === null ? [{ value: unusual, label: `× ${draft.scale} + ${draft.offset}` }] : []),
              ]}
              value={unit ?? unusual}
              onChange={chooseUnit}
              allowDeselect={false}
            />
          )}
        </div>
      )}
      {used && (
        <div className={classes['gives']}>
          {value === null ? t('ingest.noNumber') : `${format.number(value, decimals[draft.is])} ${units[draft.is]}`}
        </div>
      )}
    </div>
  )
}
