import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'

type WindowRowsProps<T> = {
  items: readonly T[]
  height: number | ((item: T) => number)
  keyOf: (item: T) => string
  row: (item: T, index: number) => ReactNode
  role?: string
  /** The place of the item to bring into view, whenever it changes. */
  at?: number | undefined
  /** Changes when something above the list has become higher or lower. */
  above?: string | number
}

/** What stands over the page at its top and bottom: the bar and a heading, the bar of a phone. */
const edges = { top: 110, bottom: 70 }

/** A long list scrolled with the page, of which only the rows on screen exist. */
export function WindowRows<T>({ items, height, keyOf, row, role = 'list', at, above }: WindowRowsProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const [scrollMargin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0), [above])
  const heightAt = (index: number) => {
    const item = items[index]
    return typeof height === 'number' || item === undefined ? Number(height) || 0 : height(item)
  }
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: heightAt,
    overscan: 4,
    scrollMargin,
    scrollPaddingStart: edges.top,
    scrollPaddingEnd: edges.bottom,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
  })
  const { scrollToIndex } = rows
  useEffect(() => {
    if (at !== undefined && at >= 0) scrollToIndex(at, { align: 'auto' })
  }, [at, scrollToIndex])
  return (
    <div ref={box} role={role} style={{ position: 'relative', height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((place) => {
        const item = items[place.index]
        if (item === undefined) return null
        return (
          <div
            key={place.key}
            role={role === 'list' ? 'listitem' : 'presentation'}
            style={{
              position: 'absolute',
              contain: 'layout style paint',
              insetInline: 0,
              top: 0,
              height: place.size,
              transform: `translateY(${place.start - scrollMargin}px)`,
            }}
          >
            {row(item, place.index)}
          </div>
        )
      })}
    </div>
  )
}
