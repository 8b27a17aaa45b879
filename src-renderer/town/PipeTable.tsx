import { useTranslation } from 'react-i18next'
import type { Picture, Town } from './town.ts'
import { useTownWords } from './words.ts'
import classes from './Table.module.css'

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
            <th scope="col" data-column="length">
              {t('town.column.length')} <small>m</small>
            </th>
            <th scope="col" data-column="diameter">
              {t('town.column.diameter')} <small>mm</small>
            </th>
            <th scope="col">
              {t('town.column.flow')} <small>kg/s</small>
            </th>
            <th scope="col">
              {t('town.column.supply')} <small>°C</small>
            </th>
            <th scope="col">
              {t('town.column.return')} <small>°C</small>
            </th>
            <th scope="col" data-column="dp">
              {t('town.column.dp')} <small>bar</small>
            </th>
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
