import { useId, useMemo } from 'react'
import type { BuildingKind } from '#shared/simulator/scenario.ts'
import { facadeOf } from './facade.ts'
import { Heaven } from './Heaven.tsx'
import { RoofShape } from './RoofShape.tsx'
import { Sign } from './Sign.tsx'
import { skyOf } from './sky.ts'
import { Windows } from './Windows.tsx'

type HouseDrawingProps = {
  kind: BuildingKind
  flats: number
  seed: number
  hour: number
  sun: number
  outdoor: number
  label: string
}

/** A house as one would photograph it from the street: by its kind, size and seed, at this hour and weather. */
export function HouseDrawing({ kind, flats, seed, hour, sun, outdoor, label }: HouseDrawingProps) {
  const id = useId()
  const facade = useMemo(() => facadeOf(kind, flats, seed), [kind, flats, seed])
  const sky = skyOf(hour, sun, outdoor)
  const { left, width, top, ground } = facade
  const night = sky.time === 'night'
  return (
    <svg viewBox="0 0 320 200" role="img" aria-label={label} style={{ display: 'block', width: '100%', borderRadius: 6 }}>
      <Heaven id={id} sky={sky} seed={seed} />
      <rect y={ground} width="320" height="28" fill={sky.hasSnow ? '#e8eef2' : '#7f9a68'} />
      <rect y={ground + 12} width="320" height="16" fill={sky.hasSnow ? '#c9d2d8' : '#8b9094'} />
      <rect y={ground + 11} width="320" height="2" fill={sky.hasSnow ? '#f5f8fa' : '#b8bcb9'} />
      {facade.trees.map(({ x, size }) => (
        <g key={x}>
          <rect x={x - 1.6} y={ground - size} width="3.2" height={size} fill="#5d4a3c" />
          <path
            d={`M${x - size * 0.75} ${ground - size * 0.7}L${x} ${ground - size * 3}L${x + size * 0.75} ${ground - size * 0.7}Z`}
            fill="#3f6146"
          />
          {sky.hasSnow && (
            <path
              d={`M${x - size * 0.3} ${ground - size * 2.05}L${x} ${ground - size * 3}L${x + size * 0.3} ${ground - size * 2.05}Z`}
              fill="#f2f6f8"
            />
          )}
        </g>
      ))}
      <RoofShape facade={facade} hasSnow={sky.hasSnow} />
      <rect x={left} y={top} width={width} height={ground - top} fill={facade.wall} />
      <rect x={left} y={ground - 7} width={width} height="7" fill="#000000" opacity="0.16" />
      <Windows facade={facade} lit={sky.lit} isNight={night} />
      <Sign facade={facade} />
      {sky.time !== 'day' && <rect width="320" height="200" fill={night ? '#0c1630' : '#5b3b3a'} opacity={night ? 0.4 : 0.1} />}
      {sky.time !== 'day' && <Windows facade={facade} lit={sky.lit} isNight lampsOnly />}
      {sky.hasSnow && <Snow seed={seed} />}
    </svg>
  )
}

function Snow({ seed }: { seed: number }) {
  return (
    <g fill="#ffffff" opacity="0.75">
      {Array.from({ length: 26 }, (_, i) => (
        <circle key={i} cx={(i * 61 + seed * 17) % 320} cy={(i * 37 + seed * 29) % 172} r={0.8 + (i % 3) * 0.35} />
      ))}
    </g>
  )
}
