import { useRef, type ReactNode } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import classes from './SelectionPicker.module.css'

type BoxRowsProps<T> = { items: readonly T[]; height: number; label: string; keyOf: (item: T) => string; row: (item: T) => ReactNode }

/** A long list that scrolls in a box of its own, of which only the rows in sight exist. */
export function BoxRows<T>({ items, height, label, keyOf, row }: BoxRowsProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({ count: items.length, estimateSize: () => height, overscan: 6, getScrollElement: () => box.current })
  return (
    <div ref={box} className={classes['list']} role="list" aria-label={label} tabIndex={0}>
      <div style={{ position: 'relative', height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, size, start }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <div
              key={keyOf(item)}
              role="listitem"
              style={{ position: 'absolute', insetInline: 0, top: 0, height: size, transform: `translateY(${start}px)` }}
            >
              {row(item)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
