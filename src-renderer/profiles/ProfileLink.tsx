import { Link } from '@tanstack/react-router'
import type { Coverage } from '#shared/profiles/contract.ts'
import classes from './Coverage.module.css'

/** The name of a controller; its whole row leads to its page. */
export function ProfileLink({ row }: { row: Coverage }) {
  return (
    <Link to="/profiles/view" search={() => ({ id: row.profile })} className={classes['link']}>
      {row.maker} {row.controller}
    </Link>
  )
}
