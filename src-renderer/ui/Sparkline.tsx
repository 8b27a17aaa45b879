type SparklineProps = {
  at: readonly number[]
  value: readonly (number | null)[]
  from: number
  to: number
  width?: number
  height?: number
}

/** The course of a value in the width of a word. A hole in the data is a hole in the line. */
export function Sparkline({ at, value, from, to, width = 80, height = 22 }: SparklineProps) {
  const known = value.filter((one) => one !== null)
  if (known.length < 2) return <svg width={width} height={height} aria-hidden />
  const low = Math.min(...known)
  const span = Math.max(...known) - low
  let path = ''
  let pen = 'M'
  value.forEach((one, i) => {
    if (one === null) {
      pen = 'M'
      return
    }
    const x = (((at[i] ?? from) - from) / (to - from)) * width
    // A value that never moves is drawn in the middle.
    const y = span === 0 ? height / 2 : height - 3 - ((one - low) / span) * (height - 6)
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
    pen = 'L'
  })
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <path d={path} fill="none" stroke="var(--hg-quiet)" strokeWidth="1.3" strokeLinejoin="round" />
    </svg>
  )
}
