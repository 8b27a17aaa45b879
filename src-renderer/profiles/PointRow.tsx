import { useTranslation } from 'react-i18next'
import { shownDecimals, offValue } from '#shared/devices/codec.ts'
import { encodings } from '#shared/devices/encoding.ts'
import { units } from '#shared/units.ts'
import type { CellFault } from '#shared/profiles/cells.ts'
import type { PointNames } from '../point-names.ts'
import { valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import type { Row } from './draft.ts'
import type { Tested } from './test-read.ts'
import classes from './PointTable.module.css'

type PointRowProps = {
  row: Row
  faults: readonly CellFault[] | undefined
  tested: Tested | null
  names: PointNames
  open: boolean
  onOpen: () => void
}

/** One point of the table, with what a device says there now. */
export function PointRow({ row: { cells }, faults, tested, names, open, onOpen }: PointRowProps) {
  const { t } = useTranslation()
  const quantity = cells.quantity.trim()
  const unit = Object.hasOwn(units, quantity) ? units[quantity as keyof typeof units] : ''
  const [fault] = faults ?? []
  return (
    <div role="row" className={`${classes['row']} ${classes['body']}`} data-open={open || undefined} data-fault={fault ? true : undefined}>
      <div role="cell" className={classes['two']}>
        <button type="button" className={classes['open']} onClick={onOpen}>
          {cells.id === '' ? '–' : names.full({ id: cells.id, title: cells.title || null })}
        </button>
        {fault ? (
          <span className={classes['fault']}>
            {t(`profiles.field.${fault.column}`)}: {fault.told ?? t(`profiles.cellFault.${fault.fault}`)}
          </span>
        ) : (
          <span className={classes['quiet']}>{cells.id}</span>
        )}
      </div>
      <div role="cell" className={classes['number']}>
        {cells.number}
        {cells.bit !== '' && <span className={classes['quiet']}>.{cells.bit}</span>}
      </div>
      <div role="cell" className={classes['quiet']} data-narrow-out>
        {cells.type || encodings[0]} {cells.order === 'low' && '⇅'}
      </div>
      <div role="cell" className={classes['number']} data-narrow-out>
        {cells.scale || '1'}
      </div>
      <div role="cell" className={classes['quiet']} data-narrow-out>
        {quantity} {unit !== '' && `(${unit})`}
      </div>
      <div role="cell" className={classes['quiet']} data-narrow-out>
        {cells.min !== '' && `${cells.min} … ${cells.max}`}
      </div>
      <div role="cell" className={classes['now']}>
        <Now id={cells.id.trim()} tested={tested} />
      </div>
    </div>
  )
}

function Now({ id, tested }: { id: string; tested: Tested | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lookup = useLookup('values')
  const failures = useLookup('failures')
  const found = tested?.rows.get(id)
  if (!tested) return <span className={classes['quiet']}>–</span>
  if (!found) return <span className={classes['quiet']}>{t('profiles.test.unread')}</span>
  const { row, point } = found
  if (row.failure) {
    const refused = row.failure.code === 'device.exception' && row.failure.params['code'] === 2
    const told = refused
      ? t('profiles.test.refused')
      : failures(`${row.failure.code}.title`, row.failure.params) || t('profiles.test.failed')
    return <span className={classes['fault']}>{told}</span>
  }
  const shown = point && {
    is: point.is,
    unit: units[point.is],
    decimals: shownDecimals(point),
    values: point.values ?? null,
    off: offValue(point),
    text: point.text ?? null,
  }
  const face = shown && row.value !== null ? valueText(shown, row.value, format, { off: t('value.off'), name: lookup }) : null
  return (
    <span className={classes['two']} data-now={id}>
      {face ? (
        <span>
          {face.text} <span className={classes['quiet']}>{face.unit}</span>
        </span>
      ) : (
        <span className={classes['fault']}>{t('value.absent.fault')}</span>
      )}
      <span className={classes['quiet']}>{t('profiles.test.words', { words: row.words?.join(' ') ?? '' })}</span>
    </span>
  )
}
