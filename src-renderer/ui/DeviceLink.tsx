import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** The way to a device from a row of a long list. Lighter than the router's own link, of which a fast scroll makes hundreds. */
export function DeviceLink({ id, className, children }: { id: string; className?: string | undefined; children: ReactNode }) {
  const router = useRouter()
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ to: '/devices/$id', params: { id } })
  }
  return (
    <a href={`/devices/${encodeURIComponent(id)}`} className={className} onClick={follow}>
      {children}
    </a>
  )
}
