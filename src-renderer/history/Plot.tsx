import { useEffect, useRef } from 'react'
import plotly from 'plotly.js-basic-dist-min'
import type { Layout, PlotElement, Trace } from './plotly-types.ts'

type PlotProps = {
  traces: Trace[]
  layout: Layout
  height: number
  label: string
  onCursor: (moment: number | null) => void
  /** Null: the whole period again. */
  onZoom: (range: { from: number; to: number } | null) => void
}

const config = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false, showTips: false }

/** plotly in React: draws what it is given, reports where the cursor is and what was zoomed to. */
export function Plot({ traces, layout, height, label, onCursor, onZoom }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const told = useRef({ onCursor, onZoom })
  useEffect(() => {
    told.current = { onCursor, onZoom }
  })
  useEffect(() => {
    if (box.current) void plotly.react(box.current, traces, layout, config).then(listen(told))
  }, [traces, layout])
  useEffect(() => {
    const element = box.current
    return () => {
      if (element) plotly.purge(element)
    }
  }, [])
  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} onMouseLeave={() => onCursor(null)} />
}

function listen(told: { current: Pick<PlotProps, 'onCursor' | 'onZoom'> }) {
  return (element: PlotElement) => {
    // After a purge the same element comes without its listeners.
    element.removeAllListeners('plotly_hover')
    element.removeAllListeners('plotly_relayout')
    element.removeAllListeners('plotly_doubleclick')
    element.on('plotly_hover', ({ xvals, points }) => told.current.onCursor(xvals?.[0] ?? points[0]?.x ?? null))
    element.on('plotly_doubleclick', () => told.current.onZoom(null))
    element.on('plotly_relayout', (change) => {
      const [from, to] = [change['xaxis.range[0]'], change['xaxis.range[1]']]
      if (typeof from === 'number' && typeof to === 'number') told.current.onZoom({ from: Math.round(from), to: Math.round(to) })
    })
  }
}
