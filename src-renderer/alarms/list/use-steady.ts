import { useCallback, useEffect, useState } from 'react'
import { steady, type Steady } from './steady.ts'

/** The page is scrolled away from its top. */
export function useScrolled(beyond: number): boolean {
  const [scrolled, setScrolled] = useState(false)
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > beyond)
    look()
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [beyond])
  return scrolled
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Rows that do not move while somebody looks at them (`held`): they stay as they were when that began, until `renew` is called. `key` names what
 * is looked at; another one begins anew.
 */
export function useSteady<T extends { id: string }>(rows: readonly T[], held: boolean, key: string): Steady<T> & { renew: () => void } {
  const [base, setBase] = useState({ key, rows })
  const frozen = held && base.key === key
  if (!frozen && (base.key !== key || base.rows !== rows)) setBase({ key, rows })
  const renew = useCallback(() => setBase({ key, rows }), [key, rows])
  return { ...(frozen ? steady(base.rows, rows) : { shown: rows, fresh: 0, gone: nothing }), renew }
}
