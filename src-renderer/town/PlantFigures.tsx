import { useTranslation } from 'react-i18next'
import { Figures } from './Figures.tsx'
import type { Picture } from './town.ts'
import { useTownWords } from './words.ts'

/** A made-up flow above this is a leak rather than water that shrinks while it cools, kg/s. */
const leakFrom = 0.05

/** What the plant gives and how the network takes it. */
export function PlantFigures({ picture: { plant } }: { picture: Picture }) {
  const { t } = useTranslation()
  const { value, celsius, power, flow } = useTownWords()
  const share = plant.power > 0 ? ` · ${value((plant.losses / plant.power) * 100, 1, '%')}` : ''
  return (
    <Figures
      rows={[
        { name: t('town.figure.power'), value: power(plant.power) },
        { name: t('town.figure.flow'), value: flow(plant.flow) },
        { name: t('town.figure.supply'), value: celsius(plant.supply) },
        { name: t('town.figure.wanted'), value: celsius(plant.wanted) },
        { name: t('town.figure.return'), value: celsius(plant.return) },
        { name: t('town.figure.losses'), value: power(plant.losses) + share },
        {
          name: t('town.figure.pump'),
          value: plant.pumpRuns ? value(plant.pumpPower, 1, 'kW') : t('town.figure.pumpStands'),
          isAbnormal: !plant.pumpRuns,
        },
        { name: t('town.figure.head'), value: value(plant.head, 2, 'bar') },
        { name: t('town.figure.lowest'), value: value(plant.lowest, 2, 'bar') },
        { name: t('town.figure.makeUp'), value: value(plant.makeUp, 3, 'kg/s'), isAbnormal: plant.makeUp > leakFrom },
      ]}
    />
  )
}
