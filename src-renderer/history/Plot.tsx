import { useEffect, useRef, type PointerEvent } from 'react'
import plotly from 'plotly.js-basic-dist-min'
import type { Layout, PlotElement, Trace } from './plotly-types.ts'
import { momentAt, paint, type Overlay } from './overlay.ts'
import classes from './Plot.module.css'

type PlotProps = {
  traces: Trace[]
  layout: Layout
  overlay: Overlay
  height: number
  label: string
  onCursor: (moment: number | null) => void
  /** Null: the whole period again. Absent where nothing can be zoomed. */
  onZoom?: ((range: { from: number; to: number } | null) => void) | undefined
}

const config = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false }

/**
 * plotly in React, with a sheet on top for what changes with every value that comes in and every move of the pointer. Reports where
 * the cursor is and what was zoomed to.
 */
export function Plot({ traces, layout, overlay, height, label, onCursor, onZoom }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<PlotElement>(null)
  const sheet = useRef<HTMLCanvasElement>(null)
  const told = useRef({ onZoom, overlay })
  const drawn = useRef<{ traces: Trace[]; layout: Layout } | null>(null)
  const repaint = () => {
    if (plot.current && sheet.current) paint(sheet.current, plot.current, told.current.overlay)
  }
  useEffect(() => {
    told.current = { onZoom, overlay }
    const frame = requestAnimationFrame(repaint)
    return () => cancelAnimationFrame(frame)
  }, [onZoom, overlay])
  useEffect(() => {
    if (!box.current) return
    const before = drawn.current
    drawn.current = { traces, layout }
    const moved = before?.traces === traces ? movedAxis(before.layout, layout) : null
    if (moved) {
      void plotly.relayout(box.current, moved)
      return
    }
    void plotly.react(box.current, traces, layout, config).then((element) => {
      plot.current = element
      listen(element, repaint, (range) => told.current.onZoom?.(range))
      repaint()
    })
  }, [traces, layout])
  useEffect(() => {
    const element = box.current
    return () => {
      drawn.current = null
      plot.current = null
      if (element) plotly.purge(element)
    }
  }, [])
  const point = ({ clientX }: PointerEvent) => {
    const element = plot.current
    if (element) onCursor(momentAt(element, clientX - element.getBoundingClientRect().left))
  }
  return (
    <div className={classes['plot']} style={{ height }} onPointerMove={point} onPointerDown={point} onPointerLeave={() => onCursor(null)}>
      <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />
      <canvas ref={sheet} className={classes['sheet']} aria-hidden />
    </div>
  )
}

/** The stretch of time, when nothing else is different: plotly moves it several times as fast as it draws anything else. */
function movedAxis(before: Layout, after: Layout): Layout | null {
  const range = (layout: Layout) => (layout['xaxis'] as { range: unknown }).range
  const still = (layout: Layout) => JSON.stringify({ ...layout, xaxis: { ...(layout['xaxis'] as Layout), range: null } })
  return still(before) === still(after) ? { 'xaxis.range': range(after) } : null
}

function listen(element: PlotElement, repaint: () => void, zoom: (range: { from: number; to: number } | null) => void): void {
  // After a purge the same element comes without its listeners.
  element.removeAllListeners('plotly_afterplot')
  element.removeAllListeners('plotly_relayout')
  element.removeAllListeners('plotly_doubleclick')
  element.on('plotly_afterplot', repaint)
  element.on('plotly_doubleclick', () => zoom(null))
  element.on('plotly_relayout', (change) => {
    const [from, to] = [change['xaxis.range[0]'], change['xaxis.range[1]']]
    if (typeof from === 'number' && typeof to === 'number') zoom({ from: Math.round(from), to: Math.round(to) })
  })
}
