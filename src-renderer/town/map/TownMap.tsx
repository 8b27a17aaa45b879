import { useCallback, useEffect, useEffectEvent, useMemo, useState, type KeyboardEvent } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OpenByDevice } from '../../alarm-marks/by-device.ts'
import type { Picture, Town } from '../town.ts'
import { useFormat } from '../../words.ts'
import { useTownWords } from '../words.ts'
import { roomiest } from './captions.ts'
import { textWidth, type Taken } from './labels.ts'
import { leakMarks, Leaks } from './Leaks.tsx'
import { MapButton } from './MapButton.tsx'
import { neighbour, type Way } from './neighbour.ts'
import { Pipes } from './Pipes.tsx'
import { planOf, spotsAlong } from './plan.ts'
import { PlantMark, plantText } from './PlantMark.tsx'
import type { Shade } from './scales.ts'
import { Stations } from './Stations.tsx'
import { namesOf, StreetNames, Streets } from './Streets.tsx'
import { useView } from './use-view.ts'
import { rulerMetres } from './view.ts'
import classes from './Map.module.css'

type TownMapProps = {
  town: Town
  picture: Picture
  shade: Shade
  chosen: number
  open: OpenByDevice
  onChoose: (station: number | null) => void
  onAlarms: (device: string) => void
}

const rulerPx = 110
const ways: Record<string, Way> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

/** The town from above: streets, pipes, plant and houses. Arrow keys lead from house to house; the table tells the same in words. */
export function TownMap({ town, picture, shade, chosen, open, onChoose, onAlarms }: TownMapProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useTownWords()
  const scheme = useComputedColorScheme('light')
  const plan = useMemo(() => planOf(town), [town])
  const { ref: measured, width, height } = useElementSize()
  const size = useMemo(() => ({ width, height }), [width, height])
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  const merged = useMergedRef(measured, setFrame)
  const { view, isWhole, hasMoved, closer, farther, whole, bring, hands } = useView(plan.box, size, frame)

  const follow = useEffectEvent(() => {
    const at = plan.stations[chosen]?.at
    if (at) bring(at)
  })
  useEffect(() => follow(), [chosen, plan])

  const choose = useCallback((station: number | null) => void (hasMoved() || onChoose(station)), [hasMoved, onChoose])
  const press = (event: KeyboardEvent) => {
    const way = ways[event.key]
    if (event.key === '+') closer()
    else if (event.key === '-') farther()
    else if (event.key === 'Escape') onChoose(null)
    else if (way) {
      const next = neighbour(
        plan.stations.map(({ at }) => at),
        chosen,
        way,
      )
      if (next !== null) onChoose(next)
    } else return
    event.preventDefault()
  }
  const scale = view?.scale ?? 1
  const lines = useMemo(() => [town.plant.name, ...words.plant(picture)], [town, words, picture])
  const widest = Math.max(...lines.map(({ length }) => length))
  const dots = useMemo(() => {
    const dot =
      (radius: number) =>
      ([x, y]: readonly [number, number]): Taken => ({ x: x * scale, y: y * scale, radius })
    const along = plan.pipes.flatMap(({ line }) => spotsAlong(line, 10 / scale))
    return { plant: dot(20)(plan.plant), others: [...plan.stations.map(({ at }) => at).map(dot(11)), ...along.map(dot(2))] }
  }, [plan, scale])
  const names = useMemo(() => namesOf({ plan, scale }), [plan, scale])
  const place = useMemo(
    () => roomiest(dots.plant, textWidth('x'.repeat(widest), plantText.size), lines.length * plantText.line, dots.others),
    [dots, widest, lines.length],
  )
  const leaks = useMemo(
    () => leakMarks(plan, scale, picture, words.leak, [dots.plant, ...dots.others]),
    [plan, scale, picture, words, dots],
  )
  const taken = useMemo(() => [place.area, ...leaks.map(({ area }) => area)], [place, leaks])
  const metres = view ? rulerMetres(view.scale, rulerPx) : 0
  return (
    <div ref={merged} className={classes['frame']}>
      {view && (
        <>
          <svg
            className={classes['map']}
            role="application"
            aria-label={t('town.map.label', { name: town.name })}
            aria-roledescription={t('town.map.kind')}
            tabIndex={0}
            data-whole={isWhole || undefined}
            onKeyDown={press}
            onClick={() => choose(null)}
            {...hands}
          >
            <g transform={`translate(${(width / 2 - view.x * view.scale).toFixed(1)} ${(height / 2 - view.y * view.scale).toFixed(1)})`}>
              <Streets plan={plan} scale={view.scale} />
              <Pipes
                plan={plan}
                scale={view.scale}
                picture={picture}
                shade={shade}
                scheme={scheme}
                about={(i) => words.pipe(town, picture, i)}
              />
              <StreetNames labels={names} />
              <Stations
                plan={plan}
                scale={view.scale}
                picture={picture}
                chosen={chosen}
                taken={taken}
                names={names}
                degrees={words.degrees}
                about={(i) => words.station(town, picture, i)}
                open={(i) => open.get(town.stations[i]?.device ?? '')}
                onChoose={choose}
                onAlarms={(i) => {
                  const device = town.stations[i]?.device
                  if (device && !hasMoved()) onAlarms(device)
                }}
              />
              <PlantMark
                at={plan.plant}
                scale={view.scale}
                lines={lines}
                place={place}
                chosen={chosen < 0}
                runs={picture.plant.pumpRuns}
                onChoose={() => choose(null)}
              />
              <Leaks marks={leaks} />
            </g>
          </svg>
          <div className={classes['buttons']}>
            <MapButton label={t('town.map.closer')} icon={IconPlus} onClick={closer} />
            <MapButton label={t('town.map.farther')} icon={IconMinus} disabled={isWhole} onClick={farther} />
            <MapButton label={t('town.map.whole')} icon={IconMaximize} disabled={isWhole} onClick={whole} />
          </div>
          <div className={classes['ruler']} style={{ width: metres * view.scale }} aria-hidden>
            {format.distance(metres)}
          </div>
        </>
      )}
    </div>
  )
}
