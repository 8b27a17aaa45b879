import type { Facade } from './facade.ts'

type WindowsProps = { facade: Facade; lit: number; isNight: boolean; lampsOnly?: boolean }

/** Windows, balconies and the door. `lampsOnly`: only what shines, to lie over the dark. */
export function Windows({ facade, lit, isNight, lampsOnly }: WindowsProps) {
  const { left, width, top, ground, storeys, columns, lamps, trim, balconies, door } = facade
  const [columnWidth, storeyHeight] = [(width - 16) / columns, (ground - top) / storeys]
  const paneWidth = columnWidth * (door === 'glass' ? 0.78 : 0.52)
  const paneHeight = storeyHeight * (storeys === 1 ? 0.5 : 0.56)
  const doorColumn = Math.floor(columns / 2)
  const panes = lamps.map((lamp, i) => {
    const [column, storey] = [i % columns, Math.floor(i / columns)]
    const x = left + 8 + column * columnWidth + (columnWidth - paneWidth) / 2
    const y = top + storey * storeyHeight + (storeyHeight - paneHeight) * 0.45
    return { i, x, y, column, isGround: storey === storeys - 1, isLit: lamp < lit }
  })
  const seen = panes.filter(({ isGround, column, isLit }) => !(isGround && column === doorColumn) && (!lampsOnly || isLit))
  return (
    <g>
      {seen.map(({ i, x, y, isGround, isLit }) => (
        <g key={i}>
          {!lampsOnly && <rect x={x - 1.3} y={y - 1.3} width={paneWidth + 2.6} height={paneHeight + 2.6} fill={trim} />}
          <rect x={x} y={y} width={paneWidth} height={paneHeight} fill={isLit ? '#ffd98a' : isNight ? '#3b4a63' : '#9dbdd0'} />
          {!lampsOnly && <path d={`M${x + paneWidth / 2} ${y}v${paneHeight}`} stroke={trim} strokeWidth="1" />}
          {!lampsOnly && balconies && !isGround && i % 2 === 0 && (
            <rect
              x={x - 4}
              y={y + paneHeight - 1}
              width={paneWidth + 8}
              height="4.5"
              rx="1"
              fill={trim}
              stroke="#00000033"
              strokeWidth="0.6"
            />
          )}
        </g>
      ))}
      {!lampsOnly && <Door x={left + 8 + (doorColumn + 0.5) * columnWidth} {...{ ground, storeyHeight, columnWidth, door, trim }} />}
    </g>
  )
}

type DoorProps = Pick<Facade, 'ground' | 'door' | 'trim'> & { x: number; storeyHeight: number; columnWidth: number }

function Door({ x, ground, storeyHeight, columnWidth, door, trim }: DoorProps) {
  const height = Math.min(24, storeyHeight * 0.82)
  const width = Math.min(columnWidth - 2, door === 'single' ? 12 : 22)
  return (
    <g>
      <rect x={x - width / 2 - 1.5} y={ground - height - 1.5} width={width + 3} height={height + 1.5} fill={trim} />
      <rect x={x - width / 2} y={ground - height} width={width} height={height} fill={door === 'glass' ? '#7fa3b5' : '#5a3d30'} />
      {door !== 'single' && <path d={`M${x} ${ground - height}v${height}`} stroke={trim} strokeWidth="1" />}
      <rect x={x - width / 2 - 4} y={ground - height - 4} width={width + 8} height="2.6" rx="1" fill="#4a4f52" />
    </g>
  )
}
