import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { Box, Spot } from './projection.ts'
import { clampView, pan, wholeScale, wholeView, zoomAt, type Size, type View } from './view.ts'

const step = 1.6
/** A hand that moved less than this has clicked, px. */
const still = 5

/** What of the town is seen, moved by wheel, drag, pinch and buttons. Null as long as the window has no size. */
export function useView(box: Box, size: Size, frame: HTMLElement | null) {
  const [chosen, setChosen] = useState<View | null>(null)
  const seen = size.width > 0 && size.height > 0
  const view = useMemo(() => (seen ? clampView(chosen ?? wholeView(box, size), box, size) : null), [seen, chosen, box, size])
  const isWhole = view === null || view.scale <= wholeScale(box, size) * 1.001
  const change = useCallback(
    (next: (view: View) => View) => setChosen((now) => clampView(next(clampView(now ?? wholeView(box, size), box, size)), box, size)),
    [box, size],
  )
  const zoom = useCallback((at: Spot, factor: number) => change((now) => zoomAt(now, size, at, factor)), [change, size])

  useEffect(() => {
    if (!frame) return
    const turn = (event: WheelEvent) => {
      // Where nothing smaller can be shown, the page scrolls on.
      if (event.deltaY > 0 && isWhole) return
      event.preventDefault()
      const { left, top } = frame.getBoundingClientRect()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1
      zoom([event.clientX - left, event.clientY - top], Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) / 320))
    }
    // React listens passively, which cannot keep the page from scrolling.
    frame.addEventListener('wheel', turn, { passive: false })
    return () => frame.removeEventListener('wheel', turn)
  }, [frame, isWhole, zoom])

  const hands = useRef(new Map<number, Spot>())
  const way = useRef(0)
  const spotOf = (event: PointerEvent): Spot => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  const onPointerDown = (event: PointerEvent) => {
    if (hands.current.size === 0) way.current = 0
    hands.current.set(event.pointerId, spotOf(event))
  }
  const onPointerMove = (event: PointerEvent) => {
    const before = hands.current.get(event.pointerId)
    if (!before) return
    const now = spotOf(event)
    way.current += Math.hypot(now[0] - before[0], now[1] - before[1])
    if (way.current < still) return
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) event.currentTarget.setPointerCapture(event.pointerId)
    const other = [...hands.current].find(([id]) => id !== event.pointerId)?.[1]
    hands.current.set(event.pointerId, now)
    if (!other) return change((old) => pan(old, now[0] - before[0], now[1] - before[1]))
    const [far, near] = [Math.hypot(now[0] - other[0], now[1] - other[1]), Math.hypot(before[0] - other[0], before[1] - other[1])]
    if (near > 1) zoom([(now[0] + other[0]) / 2, (now[1] + other[1]) / 2], far / near)
  }
  const onPointerUp = (event: PointerEvent) => void hands.current.delete(event.pointerId)

  return {
    view,
    isWhole,
    /** Whether the hand has moved the map since it came down, so that its click means nothing. */
    hasMoved: () => way.current >= still,
    closer: () => zoom([size.width / 2, size.height / 2], step),
    farther: () => zoom([size.width / 2, size.height / 2], 1 / step),
    whole: () => setChosen(null),
    /** Brings a spot of the town to the middle when it is not seen. */
    bring: (spot: Spot) =>
      change((now) => {
        const [x, y] = [(spot[0] - now.x) * now.scale, (spot[1] - now.y) * now.scale]
        return Math.abs(x) < size.width / 2 - 30 && Math.abs(y) < size.height / 2 - 30 ? now : { ...now, x: spot[0], y: spot[1] }
      }),
    hands: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  }
}
