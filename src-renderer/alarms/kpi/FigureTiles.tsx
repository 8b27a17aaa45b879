import type { KpiFigure } from '#shared/alarms/kpi-contract.ts'
import { Facts } from '../../ui/Facts.tsx'
import { MetMark } from './MetMark.tsx'
import { useKpiWords } from './kpi-words.ts'
import classes from './Kpi.module.css'

/** The figures that have a goal, each with what it is held against. */
export function FigureTiles({ figures }: { figures: readonly KpiFigure[] }) {
  const words = useKpiWords()
  return (
    <ul className={classes['tiles']}>
      {figures
        .filter(({ goal }) => goal !== null)
        .map((figure) => (
          <li key={figure.name} className={classes['tile']} data-figure={figure.name}>
            <div className={classes['label']}>{words.label(figure.name)}</div>
            <div className={classes['value']}>{words.value(figure)}</div>
            {figure.met && <MetMark met={figure.met} />}
            <div className={classes['quiet']}>{words.goal(figure)}</div>
            <div className={classes['quiet']}>{[words.after(figure.name), words.part9(figure.name)].filter(Boolean).join(' · ')}</div>
          </li>
        ))}
    </ul>
  )
}

/** The figures that nothing is demanded of. */
export function OtherFigures({ figures }: { figures: readonly KpiFigure[] }) {
  const words = useKpiWords()
  const rows = figures.filter(({ goal }) => goal === null)
  const name = ({ name: figure }: KpiFigure) => [words.label(figure), words.part9(figure)].filter(Boolean).join(' · ')
  return <Facts rows={rows.map((figure) => [name(figure), words.value(figure)] as const)} />
}
