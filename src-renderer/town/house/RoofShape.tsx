import type { Facade } from './facade.ts'

/** The roof over the wall, with its chimneys and the snow on it. */
export function RoofShape({ facade, hasSnow }: { facade: Facade; hasSnow: boolean }) {
  const { left, width, top, roofHeight, roofColor, chimneys } = facade
  const d = roofPath(facade)
  const stacks = Array.from({ length: chimneys }, (_, i) => left + width * (chimneys === 1 ? 0.68 : 0.27 + 0.44 * i))
  return (
    <g>
      {stacks.map((x) => (
        <g key={x}>
          <rect x={x} y={top - roofHeight - 4} width="10" height={roofHeight} fill="#8d5a48" />
          {hasSnow && <rect x={x - 1} y={top - roofHeight - 6} width="12" height="3" rx="1.5" fill="#f4f8fa" />}
        </g>
      ))}
      <path d={d} fill={roofColor} />
      {hasSnow && <path d={d} fill="#f1f5f8" stroke="#f1f5f8" strokeWidth="2" strokeLinejoin="round" opacity="0.94" />}
      {hasSnow && <rect x={left - 6} y={top - 2} width={width + 12} height="3" rx="1.5" fill="#dbe4ea" />}
    </g>
  )
}

function roofPath({ left, width, top, roof, roofHeight }: Facade): string {
  const right = left + width
  const ridge = top - roofHeight
  switch (roof) {
    case 'gable':
      return `M${left - 7} ${top + 1}L${left + width / 2} ${ridge}L${right + 7} ${top + 1}Z`
    case 'hip':
      return `M${left - 6} ${top + 1}L${left + roofHeight} ${ridge}H${right - roofHeight}L${right + 6} ${top + 1}Z`
    case 'flat':
      return `M${left - 3} ${ridge}H${right + 3}V${top + 1}H${left - 3}Z`
    case 'arch':
      return `M${left - 4} ${top + 1}Q${left + width / 2} ${top - roofHeight * 2} ${right + 4} ${top + 1}Z`
    case 'saw': {
      const tooth = width / 4
      return [0, 1, 2, 3].map((i) => `M${left + i * tooth} ${top + 1}V${ridge}L${left + (i + 1) * tooth} ${top + 1}Z`).join('')
    }
  }
}
