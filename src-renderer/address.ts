import { useCallback } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'

export type Address = Readonly<Record<string, string | undefined>>

/** What the address bar remembers of this screen, and how to change it. Undefined takes a word out. */
export function useAddress(): [Address, (change: Address, options?: { push?: boolean }) => void] {
  const search: Address = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = useCallback(
    (words: Address, options?: { push?: boolean }) =>
      void navigate({ to: '.', search: (before: Address) => ({ ...before, ...words }), replace: !options?.push, resetScroll: false }),
    [navigate],
  )
  return [search, change]
}
