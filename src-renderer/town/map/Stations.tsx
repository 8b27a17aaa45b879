import { useMemo, type MouseEvent } from 'react'
import { PriorityMark } from '../../alarms/PriorityMark.tsx'
import type { OpenOf } from '../../alarm-marks/by-device.ts'
import { leastFlow, type Picture } from '../town.ts'
import { captionsWithRoom, type Area, type Caption, type Side } from './captions.ts'
import type { Label, Taken } from './labels.ts'
import type { Plan } from './plan.ts'
import { radiusOf, returnClass } from './scales.ts'
import classes from './Map.module.css'

const textSize = 11
const ringGap = 6
/** From this scale on names stand beside the numbers, px a metre. */
const namesFrom = 1.1

type StationsProps = {
  plan: Plan
  scale: number
  picture: Picture
  chosen: number
  /** Where other texts stand, px. */
  taken: readonly Area[]
  names: readonly Label[]
  degrees: (value: number) => string
  about: (station: number) => string
  open: (station: number) => OpenOf | undefined
  onChoose: (station: number) => void
  onAlarms: (station: number) => void
}

/** The houses, coloured by their return, sized by their power, numbered where there is room. */
export function Stations({ plan, scale, picture, chosen, taken, names, degrees, about, open, onChoose, onAlarms }: StationsProps) {
  const houses = useMemo(() => {
    const most = Math.max(1, ...picture.stations.map(({ power }) => power))
    return plan.stations.map(({ name, at }, i) => {
      const now = picture.stations[i]
      const flows = now !== undefined && now.flow >= leastFlow
      return {
        key: name,
        index: i,
        x: at[0] * scale,
        y: at[1] * scale,
        radius: radiusOf(now?.power ?? 0, most),
        power: now?.power ?? 0,
        color: flows ? returnClass(now.return).color : null,
        text: (flows ? degrees(now.return) : '–') + (scale >= namesFrom ? ` ${name}` : ''),
      }
    })
  }, [plan, scale, picture, degrees])
  const shown = useMemo(() => {
    const order = houses
      .map((house) => (house.index === chosen ? { ...house, radius: house.radius + ringGap } : house))
      .sort((a, b) => Number(b.index === chosen) - Number(a.index === chosen) || b.power - a.power)
    const plant: Taken = { x: plan.plant[0] * scale, y: plan.plant[1] * scale, radius: 20 }
    return captionsWithRoom(order satisfies readonly Caption[], textSize, [...houses, plant, ...names.flatMap(({ dots }) => dots)], taken)
  }, [houses, plan, scale, chosen, taken, names])
  const choose = (event: MouseEvent, index: number) => {
    event.stopPropagation()
    onChoose(index)
  }
  return (
    <g>
      {houses.map(({ key, index, x, y, radius, color, text }) => (
        <g
          key={key}
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          className={classes['station']}
          data-station={key}
          data-chosen={index === chosen || undefined}
          onClick={(event) => choose(event, index)}
        >
          <title>{about(index)}</title>
          <circle r={Math.max(14, radius + 3)} fill="transparent" />
          {index === chosen && <circle r={radius + ringGap} className={classes['ring']} />}
          <path
            d={houseOf(radius)}
            className={classes['house']}
            data-still={color === null || undefined}
            {...(color ? { fill: color } : {})}
          />
          <CaptionText side={shown.get(key)} radius={index === chosen ? radius + ringGap : radius} text={text} />
        </g>
      ))}
      {/* Above all houses, so that no neighbour takes the click. */}
      {houses.map(({ key, index, x, y, radius }) => (
        <AlarmSign key={key} house={key} at={[x, y]} open={open(index)} radius={radius} onOpen={() => onAlarms(index)} />
      ))}
    </g>
  )
}

type AlarmSignProps = { house: string; at: readonly [x: number, y: number]; open: OpenOf | undefined; radius: number; onOpen: () => void }

/** Open alarms of the house, at its upper right. The list of the house tells them in words. */
function AlarmSign({ house, at: [x, y], open, radius, onOpen }: AlarmSignProps) {
  if (!open) return null
  const leave = (event: MouseEvent) => {
    event.stopPropagation()
    onOpen()
  }
  return (
    <g
      transform={`translate(${(x + radius * 0.4).toFixed(1)} ${(y - radius - 11).toFixed(1)})`}
      className={classes['alarm']}
      data-alarm-of={house}
      onClick={leave}
    >
      <PriorityMark priority={open.priority} state={open.state} size={15} hidden />
    </g>
  )
}

function CaptionText({ side, radius, text }: { side: Side | undefined; radius: number; text: string }) {
  if (side === undefined) return null
  const beside = { right: radius + 3, left: -radius - 3, below: 0, above: 0 }[side]
  const anchor = side === 'right' ? 'start' : side === 'left' ? 'end' : 'middle'
  const y = side === 'below' ? radius + 9 : side === 'above' ? -radius - 9 : 0
  return (
    <text x={beside} y={y} dy="0.36em" textAnchor={anchor} fontSize={textSize} className={classes['caption']} aria-hidden>
      {text}
    </text>
  )
}

/** A house as a sign, about as large as a circle of the radius. */
function houseOf(radius: number): string {
  const [w, roof, eaves, foot] = [radius * 0.95, -radius * 1.1, -radius * 0.15, radius * 0.95].map((one) => one.toFixed(1))
  return `M-${w} ${eaves}L0 ${roof}L${w} ${eaves}V${foot}H-${w}Z`
}
