import { useTranslation } from 'react-i18next'
import type { Picture, Town } from './town.ts'
import { useTownWords } from './words.ts'
import classes from './Table.module.css'

/** Name, unit, and whether a phone leaves it out. */
const columns = [
  ['length', 'm', true],
  ['diameter', 'mm', true],
  ['flow', 'kg/s', false],
  ['supply', '°C', false],
  ['return', '°C', false],
  ['dp', 'bar', true],
] as const

/** What flows in each pipe, each named by the node at its far end. */
export function PipeTable({ town, picture }: { town: Town; picture: Picture }) {
  const { t } = useTranslation()
  const { plain, leak } = useTownWords()
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <caption>{t('town.table.pipes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('town.column.pipe')}</th>
            {columns.map(([name, unit, minor]) => (
              <th key={name} scope="col" data-column={minor ? name : undefined}>
                {t(`town.column.${name}`)} <small>{unit}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {town.nodes.map((node, i) => {
            const now = picture.pipes[i]
            if (!now) return null
            return (
              <tr key={node.id}>
                <th scope="row">
                  {node.id}
                  {now.leak > 0 && <strong className={classes['leak']}>{leak(now.leak)}</strong>}
                </th>
                <td data-column="length">{plain(node.length, 0)}</td>
                <td data-column="diameter">{plain(node.diameter * 1000, 0)}</td>
                <td>{plain(now.flow, 2)}</td>
                <td>{plain(now.supply, 1)}</td>
                <td>{plain(now.return, 1)}</td>
                <td data-column="dp">{plain(now.dp, 2)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
