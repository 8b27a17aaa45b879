import type { ReactNode } from 'react'
import classes from './Town.module.css'

export type Figure = { name: string; value: ReactNode; isAbnormal?: boolean }

/** Values under their names, two beside each other. */
export function Figures({ rows }: { rows: readonly Figure[] }) {
  return (
    <dl className={classes['figures']}>
      {rows.map(({ name, value, isAbnormal }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-abnormal={isAbnormal || undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
