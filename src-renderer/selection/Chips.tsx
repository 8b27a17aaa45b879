import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePointNames } from '../point-names.ts'
import { selectedName, type Selected } from './selected.ts'
import classes from './SelectionPicker.module.css'

type ChipsProps = { chosen: readonly Selected[]; onDrop: (series: number) => void }

/** What is chosen, in its order; each can be taken out. */
export function Chips({ chosen, onDrop }: ChipsProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  if (chosen.length === 0) return null
  return (
    <div className={classes['chips']} role="list" aria-label={t('selection.chosen')}>
      {chosen.map((one) => {
        const name = selectedName(one, names)
        return (
          <span key={one.point.series} role="listitem" className={classes['chip']} title={name} data-chosen={one.point.series}>
            <span>{name}</span>
            <CloseButton size="xs" aria-label={t('selection.drop', { name })} onClick={() => onDrop(one.point.series)} />
          </span>
        )
      })}
    </div>
  )
}
