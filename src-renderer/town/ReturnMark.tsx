import { returnClass } from './map/scales.ts'
import classes from './Town.module.css'

/** The colour of a return as on the map; its number stands beside it. */
export function ReturnMark({ value }: { value: number }) {
  return <span className={classes['mark']} style={{ background: returnClass(value).color }} aria-hidden />
}
