/** The part of plotly that the chart uses. */
export type Trace = Record<string, unknown>
export type Layout = Record<string, unknown>

export type PlotEvents = {
  plotly_afterplot: unknown
  plotly_doubleclick: unknown
  plotly_relayout: Record<string, unknown>
}

/** Where an axis lies, in px of the plot's element, and what it shows. */
export type DrawnAxis = { _offset: number; _length: number; range: [number, number] }

export type PlotElement = HTMLElement & {
  on: <E extends keyof PlotEvents>(event: E, listener: (data: PlotEvents[E]) => void) => void
  removeAllListeners: (event: keyof PlotEvents) => void
  _fullLayout?: Record<string, unknown>
}

export type Picture = { format: 'svg'; width: number; height: number; imageDataOnly: true }

export type Plotly = {
  react: (element: HTMLElement, traces: Trace[], layout: Layout, config?: Record<string, unknown>) => Promise<PlotElement>
  relayout: (element: HTMLElement, change: Layout) => Promise<PlotElement>
  purge: (element: HTMLElement) => void
  toImage: (figure: { data: Trace[]; layout: Layout; config?: Record<string, unknown> }, options: Picture) => Promise<string>
}
