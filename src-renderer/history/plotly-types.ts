/** The part of plotly that the chart uses. */
export type Trace = Record<string, unknown>
export type Layout = Record<string, unknown>

export type PlotEvents = {
  plotly_hover: { xvals?: number[]; points: { x: number }[] }
  plotly_doubleclick: unknown
  plotly_relayout: Record<string, unknown>
}

export type PlotElement = HTMLElement & {
  on: <E extends keyof PlotEvents>(event: E, listener: (data: PlotEvents[E]) => void) => void
  removeAllListeners: (event: keyof PlotEvents) => void
}

export type Plotly = {
  react: (element: HTMLElement, traces: Trace[], layout: Layout, config?: Record<string, unknown>) => Promise<PlotElement>
  purge: (element: HTMLElement) => void
}
